// A real OpenID Connect provider for one client, in which whoever is named by `login_hint` signs in at once.
import { readFileSync } from "node:fs";
import Provider from "oidc-provider";

const said = JSON.parse(readFileSync(process.argv[2], "utf8"));
const provider = new Provider(said.issuer, {
  clients: [{
    client_id: said.client_id,
    client_secret: said.secret,
    redirect_uris: said.back,
    token_endpoint_auth_method: "client_secret_post",
  }],
  claims: { openid: ["sub", "amr", "acr", "auth_time"], email: ["email", "email_verified"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["for tests"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...said.people[id].claims }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interaction/")) return next();
  const { prompt, params, session } = await provider.interactionDetails(ctx.req, ctx.res);
  const who = params.login_hint;
  let result = { login: { accountId: who, amr: said.people[who].amr } };
  if (prompt.name === "consent") {
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope("openid email");
    result = { consent: { grantId: await grant.save() } };
  }
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
  ctx.respond = false;
});

const server = provider.listen(said.port, "127.0.0.1", () => console.log("listening"));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
