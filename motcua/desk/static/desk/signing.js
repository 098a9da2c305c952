// Passkeys, and passwords that may be looked at. Without scripts: password and six digits.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (content) => btoa(String.fromCharCode(...new Uint8Array(content)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

  const read = (asked) => {
    asked.challenge = bytes(asked.challenge);
    if (asked.user) asked.user.id = bytes(asked.user.id);
    for (const key of [...asked.allowCredentials ?? [], ...asked.excludeCredentials ?? []]) key.id = bytes(key.id);
    return asked;
  };
  const told = ({ id, rawId, type, response }) => JSON.stringify({
    id, type, rawId: text(rawId),
    response: Object.fromEntries(PARTS.filter((part) => response[part]).map((part) => [part, text(response[part])])),
  });
  const press = async (button) => {
    const { form } = button, wrong = form.querySelector("[data-passkey-wrong]");
    wrong.hidden = true;
    try {
      const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
      const answer = await fetch(button.dataset.passkey, { method: "POST", body });
      if (!answer.ok) throw new Error(answer.status);
      const publicKey = read(await answer.json());
      const made = await navigator.credentials[publicKey.rp ? "create" : "get"]({ publicKey });
      form.elements._passkey.value = told(made);
      form.requestSubmit();
    } catch {
      wrong.hidden = false;
    }
  };

  document.addEventListener("click", (event) => {
    const key = event.target.closest("[data-passkey]"), look = event.target.closest("[data-look]");
    if (key && window.PublicKeyCredential) press(key);
    else if (key) key.form.querySelector("[data-passkey-none]").hidden = false;
    if (!look) return;
    const box = document.getElementById(look.dataset.look), seen = box.type === "password";
    box.type = seen ? "text" : "password";
    look.setAttribute("aria-pressed", seen);
  });
})();
