// Reads the page again when something changes, and replaces the parts that are live.
"use strict";

const zone = {
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  moment: { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
};

// Shows times in the zone of the browser.
function localize(root) {
  for (const time of root.querySelectorAll("time[data-local]")) {
    const format = new Intl.DateTimeFormat("sv", zone[time.dataset.local]);
    time.textContent = format.format(new Date(time.dateTime));
  }
}

// Replaces the children that differ, so that those that stay keep the focus and their place.
function merge(old, fresh) {
  for (const details of fresh.querySelectorAll("details[id]")) {
    const known = document.getElementById(details.id);
    if (known) details.open = known.open;
  }
  if (old.outerHTML === fresh.outerHTML) return;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const rows = fresh.querySelector("[data-rows]");
  const known = old.querySelector("[data-rows]");
  if (rows && known && rows.id === known.id) {
    const children = [...rows.children].map((row) => {
      const same = document.getElementById(row.id);
      return same && same.outerHTML === row.outerHTML ? same : row;
    });
    known.replaceChildren(...children);
    rows.replaceWith(known);
  }
  old.replaceChildren(...fresh.childNodes);
  if (focused && focused.isConnected) focused.focus({ preventScroll: true });
}

function isLive(element, topics) {
  return element.dataset.live.split(" ").some((topic) => topics.has(topic));
}

let wanted = new Set();
let isReading = false;
let isLeaving = false;

async function update() {
  if (isReading || isLeaving || wanted.size === 0) return;
  const topics = wanted;
  wanted = new Set();
  const live = [...document.querySelectorAll("[data-live]")].filter((element) => isLive(element, topics));
  if (live.length === 0) return;
  isReading = true;
  try {
    const response = await fetch(location.href);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    localize(page);
    const atEnd = [...document.querySelectorAll("[data-bottom]")].filter(isAtEnd);
    for (const element of live) {
      const fresh = page.getElementById(element.id);
      if (fresh) merge(element, fresh);
    }
    scrollToEnd(atEnd);
  } catch {
    // The emulator is gone for a moment; the next event reads the page again.
  }
  isReading = false;
  update();
}

// Shows the end of lists of messages.
function scrollToEnd(lists) {
  for (const list of lists) list.scrollTop = list.scrollHeight;
}

// Whether the end of a list is in sight.
function isAtEnd(list) {
  return list.scrollHeight - list.scrollTop - list.clientHeight < 40;
}

localize(document);
scrollToEnd(document.querySelectorAll("[data-bottom]"));
if (new URLSearchParams(location.search).has("type")) document.querySelector("#composer :is(input, textarea):not([type=hidden])")?.focus();
const live = document.getElementById("live");
if (live) {
  const source = new EventSource("/inspector/events");
  const show = (isOn) => {
    live.classList.toggle("on", isOn);
    live.textContent = isOn ? "Live" : "Connecting…";
  };
  source.addEventListener("open", () => show(true));
  source.addEventListener("error", () => show(false));
  source.addEventListener("change", (event) => {
    for (const topic of event.data.split(" ")) wanted.add(topic);
    update();
  });
  // What a form does may remove what the page shows.
  addEventListener("submit", () => { isLeaving = true; });
  addEventListener("pageshow", () => { isLeaving = false; });
  addEventListener("pagehide", () => source.close());
}
