// The search: the index is fetched when somebody begins to type.
"use strict";
const form = document.getElementById("site-search");
const field = form.querySelector("input");
const results = document.getElementById("site-results");
const count = document.getElementById("site-count");
let index;

form.hidden = false;
form.addEventListener("submit", event => {
  event.preventDefault();
  results.querySelector("a")?.click();
});
field.addEventListener("focus", load);
field.addEventListener("input", search);
document.addEventListener("keydown", event => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    field.focus();
  } else if (event.key === "Escape") {
    hide();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && form.contains(document.activeElement) && !results.hidden) {
    event.preventDefault();
    const places = [field, ...results.querySelectorAll("a")];
    const step = event.key === "ArrowDown" ? 1 : places.length - 1;
    places[(places.indexOf(document.activeElement) + step) % places.length].focus();
  }
});
document.addEventListener("click", event => {
  if (!form.contains(event.target)) {
    hide();
  }
});

function load() {
  index ??= fetch("SEARCH_INDEX").then(response => response.json());
  return index;
}

function hide() {
  results.hidden = true;
  count.textContent = "";
}

async function search() {
  const words = field.value.toLowerCase().split(/\s+/).filter(word => word);
  if (words.length === 0) {
    hide();
    return;
  }

  const entries = await load();
  const found = [];
  for (const [page, heading, path, text] of entries) {
    const title = (page + " " + heading).toLowerCase();
    const body = text.toLowerCase();
    let weight = 0;
    for (const word of words) {
      const here = (title.includes(word) ? 20 : 0) + (heading.toLowerCase() === word ? 40 : 0) + Math.min(body.split(word).length - 1, 5);
      weight = here === 0 ? -1000 : weight + here;
    }

    if (weight > 0) {
      found.push({ weight, page, heading, path, text });
    }
  }

  found.sort((one, other) => other.weight - one.weight);
  results.replaceChildren(...found.slice(0, 12).map(item => entry(item, words)));
  results.hidden = found.length === 0;
  count.textContent = found.length === 1 ? "1 result" : found.length + " results";
}

function entry(item, words) {
  const link = document.createElement("a");
  link.href = item.path;
  link.textContent = item.heading === item.page ? item.page : item.page + ": " + item.heading;
  const place = Math.max(0, item.text.toLowerCase().indexOf(words[0]) - 40);
  const excerpt = document.createElement("small");
  excerpt.textContent = (place > 0 ? "… " : "") + item.text.slice(place, place + 140) + (item.text.length > place + 140 ? " …" : "");
  link.append(excerpt);
  const line = document.createElement("li");
  line.append(link);
  return line;
}
