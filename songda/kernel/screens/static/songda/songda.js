// Small manners of the pages: row links by keyboard, filters that submit on change, unsent forms that warn.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.filters");
  if (form && event.target.matches("select, input[type=checkbox], input[type=date]")) form.requestSubmit();
});
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select")) return;
  const rows = [...document.querySelectorAll(".list tbody tr")];
  if (!rows.length || !["j", "k", "Enter"].includes(event.key)) return;
  const at = rows.indexOf(document.querySelector("tr.at"));
  if (event.key === "Enter") { if (at >= 0) rows[at].querySelector("a")?.click(); return; }
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + (event.key === "j" ? 1 : -1)))];
  rows.forEach((row) => row.classList.toggle("at", row === next));
  next.scrollIntoView({ block: "nearest" });
});
document.addEventListener("click", (event) => { // data-insert: put a text into the field named by data-into, joined to what is there
  const button = event.target.closest("button[data-insert]");
  if (!button) return;
  const field = document.getElementById(button.dataset.into);
  field.value = [field.value.trim(), button.dataset.insert].filter(Boolean).join(button.dataset.join || "");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
document.addEventListener("mousedown", (event) => { // data-take: put the text selected on the page into the field it names
  if (event.target.closest("button[data-take]")) event.preventDefault(); // keep the selection
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-take]");
  if (button) document.getElementById(button.dataset.take).value = String(window.getSelection()).trim();
});
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => { // a file dropped anywhere on a form with one file field goes into it
    const field = document.querySelector("main form input[type=file]");
    if (!field || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    field.closest(".field")?.classList.toggle("dropping", name === "dragover");
    if (name === "drop") field.files = event.dataTransfer.files;
  });
}
document.addEventListener("submit", async (event) => { // signing out takes along what pages have kept on this device for the person
  const form = event.target;
  if (form.getAttribute("action") !== "/sign-out/" || !window.isSecureContext) return;
  event.preventDefault();
  const unsent = Number(localStorage.getItem("songda-unsent") || 0);
  if (unsent && !window.confirm(document.body.dataset.unsent.replace("{n}", unsent))) return;
  localStorage.removeItem("songda-unsent");
  const ours = (name) => name?.startsWith("songda-");
  const kept = [
    ...(await caches.keys()).filter(ours).map((name) => caches.delete(name)),
    ...(await indexedDB.databases()).map((one) => one.name).filter(ours).map((name) => new Promise((done) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = request.onerror = request.onblocked = done;
    })),
    ...(await navigator.serviceWorker.getRegistrations()).map((one) => one.unregister()),
  ];
  await Promise.allSettled(kept);
  form.submit();
});
document.addEventListener("htmx:beforeSwap", (event) => { // a refusal comes as a part of its own and says where it goes
  const said = event.detail.xhr.getResponseHeader("HX-Retarget") === "#refused";
  if (said) event.detail.shouldSwap = true;
  else if (event.detail.xhr.status < 400) document.getElementById("refused")?.replaceChildren();
});
