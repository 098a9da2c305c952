/* The file boxes. */
(() => {
"use strict";
const { $, all, make, improve } = motcua;

/* Photographs: shrink big ones before they cross a bad line, show them, send them. */
const shrink = async (file) => {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < 1.5e6 || !self.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file), scale = Math.min(1, 2600 / Math.max(picture.width, picture.height));
    const canvas = make("canvas");
    canvas.width = picture.width * scale; canvas.height = picture.height * scale;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", .86));
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch { return file; }
};
const files = (box) => {
  const show = $(".previews", box), send = $("[name=_upload]", box);
  send.hidden = true;
  box.addEventListener("change", async (e) => {
    const input = e.target;
    if (!input.files || !input.files.length) return;
    if ([...input.files].some((f) => f.size > box.dataset.max * 1048576)) { input.value = ""; return show.replaceChildren(make("p", { class: "field-error" }, box.dataset.big)); }
    show.replaceChildren(make("p", {}, box.dataset.sending));
    const ready = box.prepare ? await box.prepare([...input.files]) : [...input.files], carry = new DataTransfer();
    if (!ready.length) { input.value = ""; return show.replaceChildren(); }
    for (const file of ready) carry.items.add(file);
    input.files = carry.files;
    for (const file of carry.files) if (/^image\/(jpeg|png|webp)/.test(file.type)) { const img = make("img", { alt: "" }); img.src = URL.createObjectURL(file); show.append(img); }
    send.hidden = false;
    const form = input.form;
    if (form && form.requestSubmit && navigator.onLine !== false) form.requestSubmit(send);
    else show.prepend(make("p", { class: "field-error" }, box.dataset.failed));
  });
};

/* The photo desk comes when somebody picks a picture; where it cannot come, the picture is only made smaller. */
let fetched;
const photoDesk = (href) => fetched = fetched || new Promise((done, failed) => {
  const script = make("script", { src: href });
  script.onload = done;
  script.onerror = () => { fetched = null; script.remove(); failed(); };
  document.head.append(script);
});
const prepare = (box) => async (given) => {
  if (!given.some((file) => /^image\//.test(file.type))) return given;
  try { await photoDesk(box.dataset.desk); } catch { return Promise.all(given.map(shrink)); }
  return motcuaPhotos(box, given);
};

improve((where) => all("[data-file]", where).forEach((box) => {
  if (box.dataset.desk) box.prepare = prepare(box);
  files(box);
}));
})();
