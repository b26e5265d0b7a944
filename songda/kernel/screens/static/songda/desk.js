// The review desk: text and structure light each other, doubts one after the other by keys, words selected in the text become
// drafts, sources, cuts and marks. Forms marked data-stay are sent without leaving the page; without a script they just lead back.
(() => {
  const desk = () => document.getElementById("desk");
  if (!desk()) return;
  const one = (selector, from = desk()) => from.querySelector(selector);
  const all = (selector, from = desk()) => [...from.querySelectorAll(selector)];
  const row = (key) => key && one(`[data-row="${key}"]`);
  const textKey = (key) => key.replace(/^v/, "m").replace(/^r/, "a"); // rows of measures and articles: m and a in the text
  const rowKey = (key) => key.replace(/^m/, "v").replace(/^a/, "r");
  let here = "", at = 0, picked = null;

  // --- light ---
  function light(key, name) {
    all(`.${name}`).forEach((lit) => lit.classList.remove(name));
    if (!key) return;
    all(`mark[data-ids~="${textKey(key)}"]`).forEach((mark) => mark.classList.add(name));
    row(key)?.classList.add(name);
  }
  function show(column) {
    desk().dataset.show = column;
    all(".dk-switch button").forEach((button) => button.setAttribute("aria-pressed", button.dataset.show === column));
  }
  const narrow = () => getComputedStyle(one(".dk-switch")).display !== "none";
  function reveal(place, block) { place?.scrollIntoView({ block }); }
  function go(key, { column = "rows", focus = false } = {}) {
    here = key;
    light(key, "now");
    if (narrow()) { show(column); reveal(column === "text" ? document.getElementById(textKey(key)) : row(key), "center"); }
    else { reveal(document.getElementById(textKey(key)), "center"); reveal(row(key), "nearest"); }
    if (focus) row(key)?.focus({ preventScroll: true });
  }

  // --- doubts, one at a time ---
  const doubts = () => all(".dk-doubts > li");
  function move(step) {
    const list = doubts();
    if (!list.length) return;
    at = (at + step + list.length) % list.length;
    turn();
    go(list[at].dataset.to, { focus: true });
  }
  function turn() { doubts().forEach((item, number) => item.classList.toggle("current", number === at)); }

  // --- keys act on the row one is at, else on what it lies in ---
  function act(key) {
    for (let place = row(here) || row(doubts()[at]?.dataset.to); place; place = place.parentElement?.closest("[data-row]")) {
      const button = all(`[data-key~="${key}"]`, place).find((found) => !found.disabled);
      if (button) { press(button); return true; }
    }
    return false;
  }
  const again = {}; // the reason typed last, offered for the next of its kind
  function offer(field) {
    if (!field) return;
    if (field.dataset.again !== undefined && !field.value) field.value = again[field.getAttribute("list")] || "";
    field.focus();
    field.select?.();
  }
  function press(button) {
    if (button.matches("summary")) {
      button.parentElement.open = true;
      offer(one("input:not([type=hidden]), select, textarea", button.parentElement));
    } else if (button.form && one("input[name=reason]:not([type=hidden])", button.form)) {
      offer(one("input[name=reason]", button.form));
    } else button.click();
  }
  const COMMANDS = {
    n: () => move(1), p: () => move(-1), "?": () => keys(true), Escape: () => close(),
    x: () => (picked?.measure && picked.start === picked.end ? send("split") : act("x")),
    k: () => note("key_point"), l: () => note("red_line"),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && typing) { typing.blur(); close(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const done = COMMANDS[event.key] ? (COMMANDS[event.key](), true) : /^(a|s|e|m|r|Enter)$/.test(event.key) && act(event.key);
    if (done) event.preventDefault();
  });
  function keys(open) { const box = document.getElementById("keys"); if (open) box.show(); else box.close(); }
  function close() {
    keys(false);
    all(".dk-slot").forEach((slot) => slot.replaceChildren());
    all(".dk-rows details[open]:not(.dk-lacks, .dk-fill)").forEach((open) => { open.open = false; });
    const hadNote = !one(".dk-note")?.hidden;
    if (one(".dk-note")) one(".dk-note").hidden = true;
    if (!hadNote) { window.getSelection().removeAllRanges(); pick(); }
    row(here)?.focus({ preventScroll: true });
  }

  // --- words selected in the text ---
  const length = (text) => [...text].length; // places count characters, not halves of them
  function placeOf(node, offset) {
    const [into, behind] = [node.childNodes[offset], node.childNodes[offset - 1]];
    if (into?.nodeType === Node.TEXT_NODE) return placeOf(into, 0);
    if (behind?.nodeType === Node.TEXT_NODE) return placeOf(behind, behind.data.length);
    const held = node.nodeType === Node.TEXT_NODE && node.parentElement.closest("[data-at]");
    if (held) return +held.dataset.at + length(node.data.slice(0, offset));
    const after = into && (into.matches?.("[data-at]") ? into : into.querySelector?.("[data-at]"));
    if (after) return +after.dataset.at;
    const before = all("[data-at]", one("#paper")).filter((piece) => node.contains(piece) || piece.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
    const last = before[before.length - 1];
    return last ? +last.dataset.at + length(last.textContent) : 0;
  }
  function selected() {
    const chosen = window.getSelection();
    if (!chosen.rangeCount || !one("#paper")) return null;
    const range = chosen.getRangeAt(0);
    if (!one("#paper").contains(range.startContainer)) return null;
    const node = range.startContainer;
    const from = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const start = placeOf(range.startContainer, range.startOffset);
    const end = chosen.isCollapsed || !one("#paper").contains(range.endContainer) ? start : placeOf(range.endContainer, range.endOffset);
    const ids = (from.closest("mark")?.dataset.ids || "").split(" ").filter((id) => id.startsWith("m")).map((id) => row(rowKey(id))).filter(Boolean);
    const measure = ids.find((held) => held.dataset.row === here) || ids[ids.length - 1];
    return { start, end, words: String(chosen).trim(), measure, article: from.closest("[data-article]")?.dataset.article, range };
  }
  function pick() {
    const bar = one(".dk-pick");
    if (!bar || !one(".dk-note").hidden) return;
    picked = selected();
    const some = picked && picked.end > picked.start;
    if (picked) {
      const asked = row(here)?.closest("[data-version]"), within = (held) => held?.dataset.article === picked.article && held;
      picked.near = some && (within(asked) || within(picked.measure) || one(`[data-version][data-article="${picked.article}"]`));
    }
    bar.hidden = !picked || !(some || picked.measure || picked.article);
    all("[data-needs-pick]").forEach((button) => { button.disabled = !some; });
    caret(picked && !some ? picked.range : null);
    if (bar.hidden) return;
    one(".dk-picked").textContent = some ? `“${picked.words.slice(0, 12)}${picked.words.length > 12 ? "…" : ""}”` : "";
    const shown = { draft: some && picked.article, source: some && picked.near?.dataset.source, split: !some && picked.measure && one("[data-key~=x]", picked.measure), "split-article": !some && picked.article };
    Object.entries(shown).forEach(([name, on]) => { one(`[data-pick=${name}]`).hidden = !on; });
    all("[data-mark]", bar).forEach((button) => { button.hidden = !some; });
    bar.hidden = !some && !shown.split && !shown["split-article"];
    one("[data-pick=source] button").title = picked.near ? picked.near.dataset.title : "";
  }
  function caret(range) {
    one(".dk-caret")?.remove();
    const box = range?.getClientRects()[0];
    if (!box) return;
    const mark = document.createElement("i"), paper = one("#paper"), home = paper.getBoundingClientRect();
    mark.className = "dk-caret";
    mark.style.cssText = `left:${box.left - home.left}px;top:${box.top - home.top}px;height:${box.height}px`;
    paper.append(mark);
  }
  document.addEventListener("selectionchange", () => { if (desk()) pick(); });
  const ADDRESSES = {
    draft: () => desk().dataset.draft.replace("/0/", `/${picked.article}/`),
    source: () => `${desk().dataset.source.replace("/0/", `/${picked.near.dataset.source}/`)}recut/`,
    split: () => `${desk().dataset.measure.replace("/0/", `/${picked.measure.dataset.version}/`)}split/`,
    "split-article": () => `${desk().dataset.article.replace("/0/", `/${picked.article}/`)}split/`,
    annotate: () => desk().dataset.annotate,
  };
  function ready(form) {
    const data = new FormData(form), name = form.dataset.pick;
    if (!picked || (!name && form.dataset.place === undefined)) return [form.action, data];
    if (name) { data.set("at", picked.start); data.set("back", location.pathname); }
    if (picked.end > picked.start) { data.set("start", picked.start); data.set("end", picked.end); }
    if (name === "draft") data.set("title", picked.words.split(/[，。；\n]/)[0].slice(0, 60));
    return [name ? ADDRESSES[name]() : form.action, data];
  }
  function send(name) { one(`form[data-pick=${name}]`).requestSubmit(); }
  function note(kind) {
    const form = one(".dk-note");
    if (!form) return;
    picked = selected();
    if (!picked || picked.start === picked.end) {
      const place = row(here)?.closest("[data-end]");
      if (!place || place.dataset.start === place.dataset.end) return;
      picked = { start: +place.dataset.start, end: +place.dataset.end, words: "" };
    }
    one(".dk-pick").hidden = form.hidden = false;
    form.elements.kind.value = kind;
    form.elements.note.required = kind === "red_line";
    all("[data-label]", form).forEach((label) => { label.hidden = label.dataset.label !== kind; });
    if (narrow()) show("text");
    form.elements.note.focus();
  }

  // --- sending without leaving ---
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-stay]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    all("[data-again]", form).forEach((field) => { again[field.getAttribute("list")] = field.value; });
    form.dataset.busy = "yes";
    const [address, data] = ready(form);
    if (event.submitter?.name) data.set(event.submitter.name, event.submitter.value);
    if (form.classList.contains("part")) data.set("back", location.pathname);
    const from = form.closest("[data-row]")?.dataset.row || here;
    try {
      const answer = await fetch(address, { method: "POST", body: data, headers: { "HX-Request": "true" } });
      if (answer.status === 422) { form.closest(".dk-slot").innerHTML = await answer.text(); one(".part .field-wrong :is(input, select, textarea)")?.focus(); return; }
      if (!answer.ok || new URL(answer.url).pathname !== location.pathname) { location.assign(answer.ok ? answer.url : location.href); return; }
      renew(new DOMParser().parseFromString(await answer.text(), "text/html"), from);
    } catch {
      delete form.dataset.busy;
      say(desk().dataset.offline);
    }
  });
  function fade() { // what went well need not stay; what went wrong stays until the next step
    const said = all(".dk-said .alert:not(.alert-danger, .alert-error)");
    setTimeout(() => said.forEach((box) => box.remove()), 6000);
  }
  function say(words) {
    const box = document.createElement("div");
    box.className = "alert alert-danger";
    box.textContent = words;
    one(".dk-said").replaceChildren(box);
  }
  function renew(page, from) {
    const columns = [".dk-text", ".dk-rows"], tops = columns.map((name) => one(name).scrollTop), top = window.scrollY;
    const fresh = page.getElementById("desk"), was = doubts()[at]?.dataset.to;
    if (!fresh) { location.reload(); return; }
    const column = desk().dataset.show;
    desk().replaceWith(fresh);
    window.htmx?.process(fresh);
    picked = null;
    begin(column);
    columns.forEach((name, number) => { one(name).scrollTop = tops[number]; });
    window.scrollTo(0, top);
    const list = doubts(), still = list.findIndex((item) => item.dataset.to === was);
    at = still >= 0 ? still : Math.min(at, Math.max(list.length - 1, 0));
    turn();
    if (still < 0 && from === was && list.length) go(list[at].dataset.to, { focus: true });
    else if (row(from)) { here = from; light(from, "now"); row(from).focus({ preventScroll: true }); }
  }

  // --- pointer ---
  document.addEventListener("pointerover", (event) => {
    const mark = event.target.closest("#paper mark"), held = event.target.closest(".dk-rows [data-row]");
    if (mark) light(rowKey(last(mark)), "hot");
    else if (held) light(held.dataset.row, "hot");
    else light("", "hot");
  });
  const last = (mark) => mark.dataset.ids.split(" ").pop();
  document.addEventListener("focusin", (event) => {
    const held = event.target.closest(".dk-rows [data-row]");
    if (held && held.dataset.row !== here) { here = held.dataset.row; light(here, "now"); }
  });
  document.addEventListener("click", (event) => {
    const target = event.target;
    const link = target.closest('a[href^="#"]');
    if (link && desk().contains(link)) {
      const id = link.hash.slice(1).replace(/^row-/, ""), inText = /^[amcdn]\d/.test(id) && link.closest(".dk-rows");
      event.preventDefault();
      const number = doubts().findIndex((item) => item.contains(link));
      if (number >= 0) { at = number; turn(); }
      go(rowKey(id), { column: inText ? "text" : "rows", focus: !inText });
      return;
    }
    if (target.closest("#paper mark") && window.getSelection().isCollapsed) {
      here = rowKey(last(target.closest("#paper mark")));
      light(here, "now");
      if (!narrow()) reveal(row(here), "nearest");
      pick();
    }
    const held = target.closest(".dk-rows [data-row]");
    if (held && !target.closest("a, button, summary, input, select, textarea") && window.getSelection().isCollapsed) {
      here = held.dataset.row;
      light(here, "now");
      if (!narrow()) reveal(document.getElementById(textKey(here)), "center");
    }
    const button = target.closest("button");
    if (button?.dataset.move) move(+button.dataset.move);
    if (button && "openKeys" in button.dataset) keys(true);
    if (button && "closeKeys" in button.dataset) keys(false);
    if (button?.dataset.show) show(button.dataset.show);
    if (button?.dataset.mark) note(button.dataset.mark);
    if (button && ("close" in button.dataset || "closeNote" in button.dataset)) close();
    if (button?.dataset.reveal) { const form = document.getElementById(button.dataset.reveal); form.hidden = !form.hidden; one("input:not([type=hidden])", form)?.focus(); }
    all(".dk-menu[open]").forEach((menu) => { if (!menu.contains(target) || target.closest(".dk-item")) menu.open = false; });
  });
  document.addEventListener("mousedown", (event) => { if (event.target.closest(".dk-pick button, [data-needs-pick]")) event.preventDefault(); }); // keep the selection
  document.addEventListener("htmx:beforeRequest", () => all(".dk-slot").forEach((slot) => slot.replaceChildren())); // one form open at a time
  document.addEventListener("htmx:afterSwap", (event) => {
    one("input:not([type=hidden]), textarea, select", event.target)?.focus({ preventScroll: true });
    reveal(event.target, "nearest");
  });

  function begin(column = "rows") {
    desk().dataset.live = "yes";
    show(column);
    all(".dk-moves").forEach((moves) => { moves.hidden = false; });
    fade();
    turn();
  }
  begin();
  const asked = location.hash.slice(1).replace(/^row-/, "");
  if (asked && row(rowKey(asked))) go(rowKey(asked));
  else if (doubts().length) { here = doubts()[0].dataset.to; light(here, "now"); }
})();
