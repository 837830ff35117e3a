// Everything here is a convenience: each page works without it.

const PAUSE = 1500; // after the last key before a form is saved or looked up, in milliseconds
const SENT_FOR = 5000; // a form that was just sent is not sent again within this time
const QUIET = { "HX-Request": "true" }; // the server answers with a piece of a page

const source = document.querySelector('meta[name="govuk-frontend"]');
if (source) {
  import(source.content).then(({ initAll }) => initAll());
}

function clock() {
  return new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "2-digit", hour12: true, timeZone: "Europe/London" })
    .format(new Date()).replace(/\s/g, "").replace(":00", "").toLowerCase();
}

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.textContent = text;
  return made;
}

function later(act) {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(act, PAUSE);
  };
}

// Keyboard shortcuts: data-key on a link, a button or an input. They can be turned off (WCAG 2.1.4).

const OFF = "openmash-shortcuts-off";

function isOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

document.body.classList.toggle("om-keys-off", isOff());

function turn(off) {
  document.body.classList.toggle("om-keys-off", off);
  try {
    localStorage.setItem(OFF, off ? "1" : "0");
  } catch {
    // A browser without storage keeps shortcuts on.
  }
}

function visible(target) {
  return target.getClientRects().length > 0;
}

function isTyping(target) {
  return target.isContentEditable || /^(textarea|select)$/i.test(target.tagName)
    || (target.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(target.type));
}

function use(target) {
  if (isTyping(target)) {
    target.focus();
    target.select?.();
  } else if (target.tagName === "INPUT") {
    target.focus();
    target.click();
  } else {
    target.click();
  }
}

function nameOf(target) {
  const label = target.labels?.[0]?.textContent ?? target.getAttribute("aria-label") ?? target.textContent;
  return label.replace(/\s+/g, " ").trim();
}

// What the page itself offers comes before what surrounds it: a page may use a letter of the navigation for its own work.
function shortcuts() {
  const all = [...document.querySelectorAll("main [data-key]"), ...document.querySelectorAll("[data-key]")].filter(visible);
  return all.filter((one, at) => all.findIndex((other) => other.dataset.key === one.dataset.key) === at);
}

function showShortcuts() {
  const dialog = element("dialog", { class: "om-keys", "aria-labelledby": "keys-title" });
  dialog.append(element("h2", { class: "govuk-heading-m", id: "keys-title" }, "Keyboard shortcuts"));
  const list = element("dl", { class: "om-keys__list" });
  shortcuts().forEach((target) => {
    const row = element("div");
    const key = element("dt");
    key.append(element("kbd", {}, target.dataset.key));
    row.append(key, element("dd", {}, nameOf(target)));
    list.append(row);
  });
  const toggle = element("button", { type: "button", class: "govuk-button govuk-button--secondary" },
    isOff() ? "Turn shortcuts on" : "Turn shortcuts off");
  toggle.addEventListener("click", () => {
    turn(!isOff());
    dialog.close();
  });
  const close = element("button", { type: "button", class: "govuk-button" }, "Close");
  close.addEventListener("click", () => dialog.close());
  const buttons = element("div", { class: "govuk-button-group" });
  buttons.append(close, toggle);
  dialog.append(list, buttons);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (isOff() || document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    event.preventDefault();
    showShortcuts();
    return;
  }
  const target = shortcuts().find((one) => one.dataset.key === event.key);
  if (target && !event.repeat) {
    event.preventDefault();
    use(target);
  }
});

// While somebody types: Alt and Shift with the accesskey of a link or a button, alike in every browser.

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.repeat) return;
  const key = event.code.replace(/^(Digit|Key)/, "").toLowerCase();
  const target = [...document.querySelectorAll("[accesskey]")].find((one) => one.accessKey === key && visible(one));
  if (!target) return;
  event.preventDefault();
  target.click();
});

const links = document.querySelector(".om-footer__links");
if (links && document.querySelector("[data-key]")) {
  const item = element("li");
  const open = element("button", { type: "button", class: "om-link-button" }, "Keyboard shortcuts");
  open.addEventListener("click", showShortcuts);
  item.append(open);
  links.append(item);
}

// Autosave: <form data-autosave="/where/"> is sent quietly while somebody types.

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const status = element("p", { class: "govuk-body-s om-saved", role: "status" });
  form.append(status);
  let sent = false;
  const save = later(async () => {
    if (sent) return;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: QUIET });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      status.textContent = `Draft saved ${clock()}`;
    } catch {
      status.textContent = "The draft is not saved. What you typed is still on this page.";
    }
  });
  form.addEventListener("input", save);
  form.addEventListener("submit", () => { sent = true; });
  window.addEventListener("pageshow", () => { sent = false; });
});

// Look-up while typing: <form data-live="/where/" data-live-into="id"> fills the element with the server's answer.

document.querySelectorAll("form[data-live]").forEach((form) => {
  const into = document.getElementById(form.dataset.liveInto);
  let latest = 0;
  const look = later(async () => {
    const mine = ++latest;
    const answer = await fetch(form.dataset.live, { method: "POST", body: new FormData(form), headers: QUIET }).catch(() => null);
    if (answer?.ok && !answer.redirected && mine === latest) put(into, await answer.text());
  });
  form.addEventListener("input", look);
});

function put(into, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById(into.id) ?? page.body;
  into.replaceChildren(...fresh.childNodes);
  return fresh;
}

// Refresh: <div id="…" data-refresh="30"> is fetched again every so many seconds until it comes without data-refresh,
// and says when it no longer can.

document.querySelectorAll("[data-refresh]").forEach((part) => {
  const stale = element("p", { class: "om-stale", role: "alert", hidden: "" });
  part.before(stale);
  let good = clock();
  const every = setInterval(async () => {
    const answer = await fetch(location.href, { headers: QUIET }).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      if (!put(part, await answer.text()).dataset.refresh) clearInterval(every);
      good = clock();
      stale.hidden = true;
    } else {
      stale.textContent = `Not up to date: last refreshed ${good}`;
      stale.hidden = false;
    }
  }, Number(part.dataset.refresh) * 1000);
});

// Copy: <button data-copy="id" hidden> copies the words of that element.

document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 3000);
  });
});

// A form is sent once, whatever is pressed twice.

document.addEventListener("submit", (event) => {
  const now = Date.now();
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (now - Number(event.target.dataset.sentAt ?? 0) < SENT_FOR) event.preventDefault();
  else event.target.dataset.sentAt = String(now);
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent-at]").forEach((form) => form.removeAttribute("data-sent-at"));
});
