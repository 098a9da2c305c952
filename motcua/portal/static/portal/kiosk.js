/* The kiosk goes back to its first page when whoever took a number has gone. */
(() => {
  const back = document.querySelector("[data-return]");
  if (back) setTimeout(() => location.assign(back.href), back.dataset.return * 1000);
})();
