// The desk's keys, decisions and preloading. Text from outside only ever enters the page as text (textContent) or as
// the server's own escaped HTML.
"use strict";
(() => {
  const frame = window.parent !== window ? window.parent : null;
  const followTheme = () => {
    let outer = "";
    try { outer = frame ? frame.document.documentElement.className : ""; } catch { outer = ""; }
    const wish = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    document.documentElement.dataset.theme = /\bdark\b/.test(outer) ? "dark" : /\blight\b/.test(outer) ? "light" : wish;
  };
  followTheme();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", followTheme);
  try { if (frame) new MutationObserver(followTheme).observe(frame.document.documentElement, { attributeFilter: ["class"] }); } catch { /* another origin */ }

  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = () => document.body.dataset.root;
  const mayDecide = () => "mayDecide" in document.body.dataset;
  const item = () => $("#item");
  const made = JSON.parse(sessionStorage.getItem("made") || "[]"); // what can be undone, newest last
  let ahead = null; // the next item's page, fetched before it is asked for
  let conflict = null;
  let presence = 0;

  // ── talking to the server ──
  const send = async (path, body) => {
    const answer = await fetch(root() + path, {
      method: body === null ? "DELETE" : "POST", credentials: "same-origin",
      headers: { "Content-Type": "application/json" }, body: body === null ? undefined : JSON.stringify(body),
    });
    return { status: answer.status, ok: answer.ok, body: answer.status === 204 ? {} : await answer.json().catch(() => ({})) };
  };
  let fading = 0;
  const say = (text, isBad = false, undoable = false) => {
    const toast = $("#toast");
    toast.textContent = text;
    toast.classList.toggle("bad", isBad);
    if (undoable) {
      const button = document.createElement("button");
      button.textContent = "Undo (u)";
      button.dataset.do = "undo";
      toast.append(button);
    }
    clearTimeout(fading);
    fading = setTimeout(() => { toast.textContent = ""; }, 7000);
  };
  const remember = (entry) => {
    made.push(entry);
    while (made.length > 100) made.shift();
    sessionStorage.setItem("made", JSON.stringify(made));
  };

  // ── moving about ──
  const preload = () => {
    const url = item()?.dataset.next;
    ahead = url ? { url, html: fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" } }).then((answer) => (answer.ok ? answer.text() : null)).catch(() => null) } : null;
  };
  const show = (html, url) => {
    const next = new DOMParser().parseFromString(html, "text/html");
    document.title = next.title;
    $("main").replaceWith(document.adoptNode($("main", next)));
    if (url) history.pushState({}, "", url);
    scrollTo(0, 0);
    arrive();
  };
  const go = async (url) => {
    const html = ahead && ahead.url === url ? await ahead.html : null;
    if (html) show(html, url);
    else location.assign(url);
  };
  const goOn = () => go(item().dataset.next || item().dataset.queue);
  const arrive = () => {
    clearInterval(presence);
    if (item()) {
      preload();
      $("#main").focus({ preventScroll: true });
      if (mayDecide()) { bePresent(); presence = setInterval(bePresent, 15000); }
    }
    const first = $(".row:not(.done)");
    if (first && !$(".row.at")) first.classList.add("at");
    if ($("[data-panel]") && matchMedia("(min-width: 761px)").matches) $("[data-panel]").open = true;
    for (const place of all("[data-count]")) count(place);
  };
  const count = async (place) => {
    const answer = await fetch(place.dataset.count, { credentials: "same-origin" }).then((a) => (a.ok ? a.json() : null)).catch(() => null);
    if (answer) place.textContent = `${answer.count.toLocaleString("en")}${answer.is_more ? "+" : ""} ${place.dataset.unit}`;
  };
  const bePresent = async () => {
    const here = item();
    if (!here || document.hidden) return;
    const answer = await send(`/api/items/${here.dataset.id}/presence`, {}).catch(() => null);
    if (!answer?.ok || here !== item()) return;
    $("#present").replaceChildren(...answer.body.others.map((name) => tag(`${name} is here`)));
    if (answer.body.version > Number(here.dataset.version)) $("#present").append(tag("decided meanwhile: reload to see"));
  };
  const tag = (text) => Object.assign(document.createElement("span"), { className: "tag live", textContent: text });

  // ── deciding ──
  const picked = () => all(".pick:checked").map((box) => box.closest("[data-id]"));
  const chosen = () => (item() ? [item()] : picked().length ? picked() : all(".row.at"));
  const decide = async (judgement) => {
    if (!mayDecide()) return say("You may read here, not decide.", true);
    const targets = chosen();
    if (!targets.length) return undefined;
    const reprints = $("#reprints:checked");
    if (item() && !reprints) return decideOne(item(), judgement);
    if (targets.length === 1 && !picked().length && !reprints) return decideOne(targets[0], judgement);
    const items = targets.map((one) => ({ id: Number(one.dataset.id), version: Number(one.dataset.version) }));
    for (const pair of reprints?.dataset.items.trim().split(" ") ?? []) items.push({ id: Number(pair.split(":")[0]), version: Number(pair.split(":")[1]) });
    const answer = await send("/api/decisions/bulk", { items, decision: judgement });
    if (!answer.ok) return say(answer.body.detail || "That failed.", true);
    remember({ batch: answer.body.batch_key, item: item() ? items[0].id : undefined });
    if (!item()) for (const decision of answer.body.decisions) settle(targets.find((one) => Number(one.dataset.id) === decision.item_id), decision);
    const refused = answer.body.refused.length;
    say(`${answer.body.decisions.length} × ${judgement.action}${refused ? `; ${refused} left alone: decided meanwhile` : ""}`, false, true);
    return item() ? go(item().dataset.after || item().dataset.queue) : select();
  };
  const decideOne = async (target, judgement) => {
    const isItem = target === item();
    const answer = await send(`/api/items/${target.dataset.id}/decisions`, { ...judgement, version: Number(target.dataset.version) });
    if (answer.status === 409 && answer.body.item) return merge(target, judgement, answer.body);
    if (!answer.ok) return say(answer.body.detail || "That failed.", true);
    remember({ decision: answer.body.decision.id, item: Number(target.dataset.id) });
    say(`${judgement.action}${judgement.reason ? ` · ${judgement.reason.replaceAll("_", " ")}` : ""}`, false, true);
    if (!isItem) { settle(target, answer.body.decision); return step(1); }
    if (["note", "assign"].includes(judgement.action)) return reload();
    return goOn();
  };
  const settle = (target, decision) => {
    if (!target) return;
    target.dataset.version = decision.item_version;
    const box = $(".pick", target);
    if (box) box.checked = false;
    if (!["note", "assign"].includes(decision.action)) target.classList.add("done");
  };
  const reload = async () => {
    const html = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } }).then((answer) => answer.text());
    show(html, null);
  };
  const undo = async () => {
    const last = made.pop();
    if (!last) return say("Nothing of yours to undo here.");
    sessionStorage.setItem("made", JSON.stringify(made));
    const answer = await send(last.batch ? `/api/batches/${last.batch}/undo` : `/api/decisions/${last.decision}/undo`, {});
    if (!answer.ok) return say(answer.body.detail || "That cannot be undone.", true);
    say("Undone.");
    if (item() && last.item) { ahead = null; const url = `${root()}/items/${last.item}?${item().dataset.query}`; const html = await fetch(url, { headers: { Accept: "text/html" } }).then((a) => a.text()); return show(html, url); }
    return location.reload();
  };
  const merge = (target, judgement, now) => {
    conflict = { target, judgement, version: now.item.review_version };
    const since = now.decisions.filter((one) => one.item_version > Number(target.dataset.version)).reverse();
    $("#merge-story").textContent = since.map((one) => `${one.reviewer}: ${one.action}${one.reason ? ` (${one.reason.replaceAll("_", " ")})` : ""}${one.note ? ` “${one.note}”` : ""}`).join(" → ");
    const before = {}, after = {};
    for (const one of since) for (const name of Object.keys(one.after)) { before[name] ??= one.before[name]; after[name] = one.after[name]; }
    const goal = { confirm: "confirmed", reject: "rejected", correct: "corrected", duplicate: "duplicate", escalate: "escalated" }[judgement.action];
    const mine = { ...(goal ? { review_status: goal } : {}), ...(judgement.changes || {}) };
    const names = [...new Set([...Object.keys(after), ...Object.keys(mine)])].filter((name) => !["reviewer", "reviewed_at", "machine"].includes(name));
    $("#merge-rows").replaceChildren(...names.map((name) => {
      const line = document.createElement("tr");
      for (const value of [name.replaceAll("_", " "), before[name], after[name] ?? now.item[name], mine[name]]) {
        line.append(Object.assign(document.createElement("td"), { textContent: value === undefined || value === null ? "–" : String(value), dir: "auto" }));
      }
      return line;
    }));
    $("#merge").showModal();
  };
  const ask = (title, label, value = "") => new Promise((resolve) => {
    const dialog = $("#ask");
    $("#ask-title").textContent = title;
    $("#ask-label").textContent = label;
    const text = $("#ask-text");
    text.value = value;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok" ? text.value.trim() : ""), { once: true });
    dialog.showModal();
    text.focus();
  });

  // ── the queue under the keys ──
  const rows = () => all(".row");
  const select = () => {
    const bar = $("#selection");
    if (!bar) return;
    bar.hidden = !picked().length;
    $("[data-selected]", bar).textContent = picked().length;
  };
  const step = (by) => {
    if (item()) return by > 0 ? goOn() : history.back();
    const list = rows();
    if (!list.length) return undefined;
    const at = list.findIndex((row) => row.classList.contains("at"));
    const to = list[Math.min(list.length - 1, Math.max(0, at + by))];
    list[at]?.classList.remove("at");
    to.classList.add("at");
    return to.scrollIntoView({ block: "nearest" });
  };

  const acts = {
    help: () => $("#help").showModal(),
    confirm: () => decide({ action: "confirm" }),
    escalate: () => decide({ action: "escalate" }),
    reject: () => mayDecide() && $("#reasons").showModal(),
    undo,
    next: () => step(1),
    back: () => step(-1),
    open: () => { const row = $(".row.at"); if (row) location.assign(row.dataset.href); },
    queue: () => { if (item()) location.assign(item().dataset.queue); },
    reprints: () => { const box = $("#reprints"); if (box) box.checked = !box.checked; },
    source: () => item()?.dataset.source && openOutside(item().dataset.source),
    assign: () => { const here = item(); return decide({ action: "assign", assignee: here && here.dataset.assignee === document.body.dataset.reviewer ? null : document.body.dataset.reviewer }); },
    note: async () => { const note = await ask("Note", "What should the next reviewer know?"); if (note) decide({ action: "note", note }); },
    duplicate: async () => { const of = await ask("Duplicate", "Number of the item that this one repeats"); if (/^\d+$/.test(of)) decide({ action: "duplicate", duplicate_of: Number(of) }); else if (of) say("That is no item number.", true); },
    fix: () => { const form = $("#fix"); if (form) { form.hidden = !form.hidden; if (!form.hidden) $("select, input", form).focus(); } },
    pick: () => { const box = $(".row.at .pick"); if (box) { box.checked = !box.checked; select(); } },
    "pick-all": () => { const boxes = all(".row > .pick"); const on = boxes.some((box) => !box.checked); for (const box of boxes) box.checked = on; select(); },
    "drop-selection": () => { for (const box of all(".pick:checked")) box.checked = false; select(); },
    search: () => $("input[name=q]")?.focus(),
    "merge-theirs": () => { $("#merge").close(); if (item()) reload(); else location.reload(); },
    "merge-mine": () => { $("#merge").close(); conflict.target.dataset.version = conflict.version; decideOne(conflict.target, conflict.judgement); },
    "save-filter": async (button) => { const name = await ask("Save this filter", "Under which name?"); if (!name) return; const answer = await send("/api/filters", { name, query: button.dataset.query }); if (answer.ok) location.reload(); else say(answer.body.detail || "That failed.", true); },
    "forget-filter": async (button) => { const answer = await send(`/api/filters/${button.dataset.filter}`, null); if (answer.ok) location.reload(); else say(answer.body.detail || "That failed.", true); },
    "poll-now": async (button) => { const answer = await send(`/api/wires/${encodeURIComponent(button.dataset.feed)}/poll`, {}); say(answer.ok ? `${button.dataset.feed} is due now; the next collection fetches it.` : answer.body.detail || "That failed.", !answer.ok); },
  };
  const keys = { "?": "help", c: "confirm", e: "escalate", r: "reject", u: "undo", j: "next", ArrowDown: "next", k: "back", ArrowUp: "back", Enter: "open", q: "queue", o: "source", s: "reprints", a: "assign", n: "note", d: "duplicate", f: "fix", x: "pick", A: "pick-all", "/": "search" };
  const reject = (reason) => { $("#reasons")?.close(); decide({ action: "reject", reason }); };
  const openOutside = (url) => (frame || window).open(url, "_blank", "noopener,noreferrer");

  document.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return;
    const isTyping = press.target.closest("input:not([type=checkbox]), textarea, select");
    const isDialog = $("dialog[open]");
    if (/^[1-8]$/.test(press.key) && !isTyping && (!isDialog || isDialog.id === "reasons") && $("#reasons")) {
      press.preventDefault();
      return reject(all("[data-reason]", $("#reasons"))[Number(press.key) - 1].dataset.reason);
    }
    if (press.key === "Enter" && isDialog?.id === "ask" && !press.shiftKey) { press.preventDefault(); return isDialog.close("ok"); }
    if (press.key === "Enter" && isTyping?.closest("#fix")) { press.preventDefault(); return isTyping.form.requestSubmit(); } // in a select it does nothing by itself
    if (press.key === "Escape" && !isDialog) { if (isTyping?.closest("#fix")) acts.fix(); if (isTyping) press.target.blur(); return acts["drop-selection"](); }
    if (isTyping || isDialog || !keys[press.key]) return undefined;
    if (press.key === "Enter" && press.target.closest("a, button, summary, input")) return undefined;
    if (press.key.startsWith("Arrow") && item()) return undefined;
    press.preventDefault();
    return acts[keys[press.key]]();
  });
  document.addEventListener("click", (press) => {
    const outside = press.target.closest("a[data-open]");
    if (outside) { press.preventDefault(); return openOutside(outside.href); }
    const reason = press.target.closest("[data-reason]");
    if (reason) return reject(reason.dataset.reason);
    const button = press.target.closest("[data-do]");
    return button ? acts[button.dataset.do](button) : undefined;
  });
  document.addEventListener("change", (press) => {
    if (press.target.matches(".pick")) select();
    if (press.target.matches(".holds")) {
      const line = press.target.closest("li");
      if (press.target.checked) line.append($("#found").content.cloneNode(true));
      else $(".found", line).remove();
    }
  });
  document.addEventListener("submit", (press) => {
    if (press.target.id === "reading") { press.preventDefault(); saveReading(press.target); }
    if (press.target.id === "fix") { press.preventDefault(); decide({ action: "correct", changes: changed(press.target) }); }
    if (press.target.id === "filter") for (const field of press.target.elements) if (field.name && !field.value) field.disabled = true;
  });
  const asList = (text) => text.split(",").map((part) => part.trim()).filter(Boolean);
  const saveReading = async (form) => {
    const claims = all("li:has(.found)", form).map((line) => {
      const claim = { quote: $("[data-quote]", line).textContent };
      for (const field of all("select, input[data-list]", line)) claim[field.name] = "list" in field.dataset ? asList(field.value) : field.value;
      return claim;
    });
    const answer = await send(`/api/readings/${form.dataset.reading}`, { claims });
    if (answer.ok || answer.status === 409) location.reload();
    else say(answer.body.detail || "That failed.", true);
  };
  const changed = (form) => {
    const changes = {};
    for (const field of form.elements) {
      const was = field.tagName === "SELECT" ? (all("option", field).find((one) => one.defaultSelected) || {}).value : field.defaultValue;
      if (!field.name || field.value === was) continue;
      changes[field.name] = "list" in field.dataset ? asList(field.value) : field.value.trim() || null;
    }
    return changes;
  };
  window.addEventListener("popstate", () => location.reload());
  document.addEventListener("DOMContentLoaded", arrive);
})();
