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
    const carry = new DataTransfer();
    for (const file of input.files) carry.items.add(await shrink(file));
    input.files = carry.files;
    for (const file of carry.files) if (/^image\/(jpeg|png|webp)/.test(file.type)) { const img = make("img", { alt: "" }); img.src = URL.createObjectURL(file); show.append(img); }
    send.hidden = false;
    const form = input.form;
    if (form && form.requestSubmit && navigator.onLine !== false) form.requestSubmit(send);
    else show.prepend(make("p", { class: "field-error" }, box.dataset.failed));
  });
};

improve((where) => all("[data-file]", where).forEach(files));
})();
