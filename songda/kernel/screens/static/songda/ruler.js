// The rule editor: completion at the caret, the form beside the text, fixes by a click. Loaded on the page that has it.
(() => {
  const page = document.getElementById("ruler");
  if (!page) return;
  const text = document.getElementById("id_text");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const wait = (work, ms) => { let timer; return (...given) => { clearTimeout(timer); timer = setTimeout(() => work(...given), ms); }; };

  // ---- talking to the server: one request of a kind at a time, the older one is given up
  const running = {};
  async function post(kind, fields) {
    running[kind]?.abort();
    const mine = running[kind] = new AbortController();
    try {
      const answer = await fetch(page.dataset[kind], {
        method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRFToken": token() }, signal: mine.signal,
      });
      return answer.ok ? answer : null;
    } catch { return null; } // given up, or no network: what is on the page stays
  }

  // ---- the list of what may be chosen
  const list = Object.assign(document.createElement("ul"), { id: "ruler-list", className: "ruler-list", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", page.dataset.listLabel);
  const said = Object.assign(document.createElement("div"), { className: "visually-hidden" });
  said.setAttribute("aria-live", "polite");
  document.body.append(list, said);
  let open = null; // { field, entries, at, choose }

  function show(field, found, choose, first) {
    const entries = found?.entries ?? [];
    if (document.activeElement !== field || (!entries.length && !found?.note)) return hide();
    open = { field, entries, at: -1, choose };
    list.replaceChildren(...entries.map(option), ...(found.note ? [note(found.note)] : []), ...(found.more ? [note(page.dataset.more)] : []));
    list.hidden = false;
    if (field.getAttribute("role") === "combobox") field.setAttribute("aria-expanded", "true");
    place(field);
    move(first && entries.length ? 0 : -1);
    said.textContent = page.dataset.count.replace("#", entries.length);
  }
  function option(entry, at) {
    const line = Object.assign(document.createElement("li"), { id: `ruler-option-${at}` });
    line.setAttribute("role", "option");
    line.append(part("ruler-word", entry.text), part("ruler-kind", [entry.kind, entry.unit].filter(Boolean).join(" · ")));
    if (entry.hint) line.append(part("ruler-hint", entry.hint));
    line.addEventListener("mousedown", (event) => { event.preventDefault(); choose(at); }); // before the field loses the caret
    return line;
  }
  function note(words) {
    const line = Object.assign(document.createElement("li"), { className: "ruler-note", textContent: words });
    line.setAttribute("role", "presentation");
    return line;
  }
  function part(name, words) { return Object.assign(document.createElement("span"), { className: name, textContent: words }); }
  function move(at) {
    if (!open) return;
    open.at = at;
    [...list.querySelectorAll("[role=option]")].forEach((line, place) => line.setAttribute("aria-selected", String(place === at)));
    if (at < 0) return open.field.removeAttribute("aria-activedescendant");
    open.field.setAttribute("aria-activedescendant", `ruler-option-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  }
  function hide() {
    if (open) {
      open.field.removeAttribute("aria-activedescendant");
      if (open.field.getAttribute("role") === "combobox") open.field.setAttribute("aria-expanded", "false");
    }
    open = null;
    list.hidden = true;
    list.replaceChildren();
  }
  function choose(at) {
    const { entries, choose: chosen } = open;
    hide();
    chosen(entries[at]);
  }
  function place(field) { // under the caret of a text; under the whole field on a phone and for a single line
    const box = field.getBoundingClientRect(), narrow = innerWidth < 641 || field.tagName === "INPUT";
    const at = narrow ? { x: 0, y: box.height } : caret(field);
    const wide = Math.min(narrow && innerWidth < 641 ? innerWidth - 16 : 380, innerWidth - 16);
    list.style.width = `${wide}px`;
    list.style.left = `${scrollX + Math.max(8, Math.min(box.left + at.x, innerWidth - wide - 8))}px`;
    const under = box.top + Math.min(at.y, box.height), above = under + list.offsetHeight > innerHeight && box.top > list.offsetHeight;
    list.style.top = `${scrollY + (above ? under - list.offsetHeight - (narrow ? box.height : 28) - 2 : under + 3)}px`;
  }
  function caret(field) { // where the caret stands: the same text in a hidden box of the same measure
    const mirror = document.createElement("div"), look = getComputedStyle(field), mark = document.createElement("span");
    for (const name of ["font", "lineHeight", "letterSpacing", "padding", "border", "boxSizing", "width", "wordBreak"]) mirror.style[name] = look[name];
    Object.assign(mirror.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word" });
    mirror.textContent = field.value.slice(0, field.selectionStart);
    mark.textContent = "\u200b";
    mirror.append(mark);
    document.body.append(mirror);
    const at = { x: mark.offsetLeft, y: mark.offsetTop + mark.offsetHeight - field.scrollTop };
    mirror.remove();
    return at;
  }

  // ---- completion in a text
  const complete = wait(async (field) => {
    const place = field.selectionStart, before = field.value;
    if (field.selectionEnd !== place || document.activeElement !== field) return hide();
    const points = [...before.slice(0, place)].length; // the server counts characters, a browser counts halves of rare ones
    const answer = await post("complete", { text: before.slice(0, place), position: points, start: field.dataset.complete });
    if (!answer || field.value !== before || field.selectionStart !== place) return;
    const found = await answer.json();
    show(field, found, (entry) => insert(field, entry), found.entries[0] && found.entries[0].start < points);
  }, 120);
  function insert(field, entry) {
    const end = field.selectionStart, start = [...field.value].slice(0, entry.start).join("").length;
    const before = field.value.slice(0, start), after = field.value.slice(end);
    const left = before && !/[\s({「:：]$/.test(before) && !/[({;；,，]$/.test(before) ? " " : "";
    const right = entry.joint || /^[\s)};；,，]/.test(after) ? "" : " ";
    replace(field, start, end, left + entry.text + right);
    complete(field);
  }
  function replace(field, start, end, words) {
    field.focus();
    field.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, words)) { // the way that can be undone; not everywhere there
      field.setRangeText(words, start, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  // ---- pickers of names and codes
  const pick = wait(async (field) => {
    const row = field.closest("[data-node]"), kind = field.dataset.pick;
    const { fact } = JSON.parse(row.dataset.values);
    const asked = kind === "names" && field.value === field.defaultValue ? "" : field.value;
    const answer = await post(kind, { asked, fact: fact ?? "" });
    if (!answer) return;
    const chosen = (entry) => {
      if (kind === "names") field.value = field.defaultValue = entry.text; // so that leaving the field says nothing new
      step(row.dataset.path, kind === "names" ? "fact" : "code", kind === "names" ? entry.text : entry.value);
    };
    show(field, await answer.json(), chosen, Boolean(asked));
  }, 120);

  // ---- the form: read from the page, posted, and put back as the server draws it
  const builder = () => document.getElementById("builder");
  const nodeOf = (element) => element?.closest("[data-node]");
  function read(element) {
    const own = (selector) => [...element.querySelectorAll(selector)].filter((one) => nodeOf(one) === element);
    const items = [...element.querySelectorAll("[data-node]")].filter((one) => nodeOf(one.parentElement) === element);
    const values = JSON.parse(element.dataset.values);
    for (const field of own("[data-field]")) values[field.dataset.field] = field.value;
    const kind = values.kind ?? element.dataset.kind;
    delete values.kind;
    return {
      kind, values, codes: own("[data-code]").map((one) => one.dataset.code), items: items.map(read),
      negated: "negated" in element.dataset, latest: "latest" in element.dataset,
    };
  }
  let queue = Promise.resolve();
  function step(at, what, value = "") { // one after the other: each starts from what the one before left
    queue = queue.then(async () => {
      await follow();
      if (builder().inert) return;
      const root = builder().querySelector("[data-node]");
      const answer = await post("build", { form: JSON.stringify(read(root)), do: what, at, value });
      if (answer) draw(await answer.text(), { focus: true });
    });
  }
  const settle = wait(() => { // a field was typed in: the text and the errors follow, the fields stay as they are
    queue = queue.then(async () => {
      await follow();
      if (builder().inert) return;
      const answer = await post("build", { form: JSON.stringify(read(builder().querySelector("[data-node]"))) });
      if (!answer) return;
      const fresh = fragment(await answer.text());
      for (const error of fresh.querySelectorAll(".field-error")) {
        const old = document.getElementById(error.id);
        if (old) Object.assign(old, { textContent: error.textContent, hidden: error.hidden });
      }
      write(fresh.dataset.text);
    });
  }, 350);
  function fragment(markup) { const box = document.createElement("template"); box.innerHTML = markup; return box.content.querySelector("#builder"); }
  function draw(markup, { focus = false, silent = false } = {}) {
    const held = document.activeElement, name = held?.id.slice((nodeOf(held)?.id.length ?? 0) + 1), fresh = fragment(markup);
    builder().replaceWith(fresh);
    page.classList.remove("form-behind");
    if (focus) { // to the field that lacks something, else to the same field of the node the step led to
      const node = document.getElementById(fresh.dataset.focus.replaceAll(".", "-")) ?? document.getElementById(held?.id)?.closest("[data-node]") ?? fresh.querySelector("[data-node]");
      const lacking = node.matches(".b-row") && [...node.querySelectorAll("input, textarea")].find((field) => !field.value && field.type !== "date");
      (lacking || document.getElementById(`${node.id}-${name}`) || node.querySelector("input, select, textarea, button"))?.focus();
    }
    if (!silent) write(fresh.dataset.text);
  }
  let mine = false; // the text is being written from the form: it need not be read back
  function write(words) {
    if (text.value === words) return;
    text.value = words;
    mine = true;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    mine = false;
  }
  let ahead = true; // the text was typed in since the form was drawn
  async function follow() {
    if (!ahead) return;
    ahead = false;
    const answer = await post("build", { text: text.value });
    if (answer?.status === 200) return draw(await answer.text(), { silent: true });
    page.classList.add("form-behind");
    builder().inert = true; // a form that is behind must not write over what is being typed
  }
  const reread = wait(() => { queue = queue.then(follow); }, 400);

  // ---- what people do
  let composing = false;
  document.addEventListener("compositionstart", () => { composing = true; hide(); });
  document.addEventListener("compositionend", (event) => { composing = false; typed(event); });
  document.addEventListener("input", (event) => { if (!composing && !event.isComposing) typed(event); });
  function typed(event) {
    const field = event.target;
    if (field === text && !mine) {
      ahead = true;
      reread();
    }
    if (field === text || field.id === "id_amount_text") document.getElementById("counts")?.classList.add("behind");
    if (field.dataset?.complete && event.isTrusted) complete(field);
    if (field.dataset?.pick && event.isTrusted) pick(field);
    else if (field.dataset?.field && field.matches("input, textarea")) settle();
  }
  document.addEventListener("change", (event) => {
    const field = event.target, node = nodeOf(field);
    if (!node || !builder().contains(field)) return;
    if (field.dataset.pick === "codes") field.value = "";
    else if (field.dataset.pick === "names" && field.value !== field.defaultValue) step(node.dataset.path, "fact", field.value);
    else if (field.matches("select")) step("", "");
  });
  document.addEventListener("keydown", (event) => {
    if (composing || event.isComposing) return;
    const field = event.target;
    if (open && field === open.field && listKey(event)) return event.preventDefault();
    if (event.ctrlKey && event.key === " " && field.dataset.complete) { event.preventDefault(); complete(field); }
    if (event.key === "ArrowDown" && field.dataset.pick && !open) { event.preventDefault(); pick(field); }
    if (event.key === "Enter" && field.matches("#builder input")) event.preventDefault();
    if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key) && nodeOf(field)?.dataset.path) {
      event.preventDefault();
      step(nodeOf(field).dataset.path, event.key === "ArrowUp" ? "up" : "down");
    }
    if (event.key === "Escape") closeMenus(true);
  });
  function listKey(event) {
    const last = open.entries.length - 1;
    if (event.key === "ArrowDown") move(open.at >= last ? 0 : open.at + 1);
    else if (event.key === "ArrowUp") move(open.at <= 0 ? last : open.at - 1);
    else if (event.key === "Escape") hide();
    else if ((event.key === "Enter" || event.key === "Tab") && open.at >= 0 && !event.shiftKey) choose(open.at);
    else return false;
    return true;
  }
  document.addEventListener("focusin", (event) => { if (open && event.target !== open.field) hide(); closeMenus(); });
  document.addEventListener("focusout", (event) => { if (open && event.target === open.field) hide(); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do], [data-fix], [role=tab]");
    if (event.target.matches("input[data-pick]")) pick(event.target);
    if (!button) return closeMenus();
    if (button.dataset.do) step(button.closest("[data-node]").dataset.path, button.dataset.do, button.dataset.value);
    else if (button.dataset.fix !== undefined) mend(button.dataset);
    else turn(button.dataset.view, true);
  });
  function closeMenus(all = false) {
    for (const menu of document.querySelectorAll("details.b-menu[open]")) if (all || !menu.contains(document.activeElement)) menu.open = false;
  }
  function mend(given) {
    const field = document.getElementById(given.into), places = [...field.value];
    const at = (count) => places.slice(0, Number(count)).join("").length;
    if (field === text) turn("text");
    replace(field, at(given.start), at(given.end), given.fix);
  }

  // ---- form or text
  const tabs = [...page.querySelectorAll("[role=tab]")];
  function turn(view, keep = false) {
    for (const tab of tabs) {
      const here = tab.dataset.view === view;
      tab.setAttribute("aria-selected", String(here));
      tab.tabIndex = here ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !here;
    }
    if (keep) localStorage.setItem("songda.ruler", view);
  }
  page.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = tabs.find((tab) => tab.getAttribute("aria-selected") === "false");
    turn(other.dataset.view, true);
    other.focus();
  });
  page.classList.add("ready");
  turn(localStorage.getItem("songda.ruler") ?? "text");
  document.body.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "counts") event.target.classList.remove("behind"); });
  for (const [id, start] of [["id_text", "condition"], ["id_amount_text", "amount"]]) {
    const field = document.getElementById(id);
    field.dataset.complete = start;
    for (const [name, value] of [["aria-autocomplete", "list"], ["aria-haspopup", "listbox"], ["spellcheck", "false"], ["autocomplete", "off"]]) field.setAttribute(name, value);
  }
  reread();
})();
