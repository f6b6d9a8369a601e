// The theme that the reader has chosen, before the page is shown: otherwise it would appear in the other one first. Nothing is stored of a reader who has chosen what the system says.
"use strict";
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;

  // A browser may refuse to store anything. Then the choice lasts for this page.
  function chosen() {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  }

  function store(theme) {
    try {
      if (theme) {
        localStorage.setItem("theme", theme);
      } else {
        localStorage.removeItem("theme");
      }
    } catch {
    }
  }

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  }

  const theme = chosen();
  if (theme === "light" || theme === "dark") {
    root.dataset.theme = theme;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("site-theme");
    const tell = () => button.setAttribute("aria-pressed", String(isDark()));
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = isDark() ? "light" : "dark";
      const isOfSystem = (next === "dark") === system.matches;
      if (isOfSystem) {
        delete root.dataset.theme;
      } else {
        root.dataset.theme = next;
      }

      store(isOfSystem ? null : next);
      tell();
    });
    system.addEventListener("change", tell);
    tell();
  });
})();
