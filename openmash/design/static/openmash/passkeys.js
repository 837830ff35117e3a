// Passkeys: a form with data-passkey="create" or "get" asks the browser for one and is sent with what it answers.
// Where the browser has none, the form is not shown: there is another way on the page.

const FAILED = "That did not work. Try again, or use another way.";

async function optionsOf(form) {
  if (!form.dataset.optionsAt) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.dataset.optionsAt, { headers: { Accept: "application/json" } });
  return answer.json();
}

async function created(form) {
  const options = (await optionsOf(form)).creation_options;
  const alone = form.elements.passwordless?.checked ?? false;
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: alone ? "required" : "preferred",
    requireResidentKey: alone,
    userVerification: alone ? "required" : "preferred",
  });
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey);
  return navigator.credentials.create({ publicKey });
}

async function shown(form) {
  const options = (await optionsOf(form)).request_options;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey);
  return navigator.credentials.get({ publicKey });
}

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
  form.hidden = false;
  const said = document.createElement("p");
  said.className = "govuk-error-message";
  said.setAttribute("role", "alert");
  form.prepend(said);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      const passkey = await (form.dataset.passkey === "create" ? created(form) : shown(form));
      form.elements.credential.value = JSON.stringify(passkey);
      form.submit();
    } catch {
      said.textContent = FAILED;
    }
  });
});
