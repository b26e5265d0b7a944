// What was chosen, by name and size; and the place of the device, only when its button is pressed.
document.addEventListener("change", (event) => {
  const fields = event.target.matches("input[type=file]") && event.target.closest(".evidence-fields");
  if (!fields) return;
  const files = [...fields.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files]);
  fields.querySelector("[data-chosen]").replaceChildren(...files.map((file) => {
    const line = document.createElement("li");
    const size = file.size < 1048576 ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / 1048576).toFixed(1)} MB`;
    line.textContent = `${file.name}（${size}）`;
    return line;
  }));
});
for (const button of document.querySelectorAll("button[data-place]")) {
  if (!navigator.geolocation || !window.isSecureContext) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const [latitude, longitude] = button.dataset.place.split(" ").map((id) => document.getElementById(id));
    const say = (words) => { button.querySelector("span").textContent = words; };
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      latitude.value = Math.round(coords.latitude * 1e6);
      longitude.value = Math.round(coords.longitude * 1e6);
      say(button.dataset.done);
    }, () => say(button.dataset.failed), { enableHighAccuracy: true, timeout: 15000 });
  });
}
