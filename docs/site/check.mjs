// Looks at the site as people do: axe on every page, light and dark, at the widths of a phone and of a desktop; links, the search, and pictures of some pages.
// node check.mjs URL FOLDER; the packages are those of check.sh.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const [url, folder] = process.argv.slice(2);
const require = createRequire(path.join(process.cwd(), "package.json"));
const puppeteer = require("puppeteer-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browser = await puppeteer.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const problems = [];
fs.mkdirSync(folder, { recursive: true });

const tab = await browser.newPage();
// The policy of the site is strict, and what looks at it is no part of it.
await tab.setBypassCSP(true);
tab.on("pageerror", error => problems.push(`${tab.url()}: ${error.message}`));
tab.on("requestfailed", request => problems.push(`${request.url()}: ${request.failure()?.errorText}`));
const seen = new Set(["/"]);
const waiting = ["/", "/no-such-page"];
let checks = 0;
while (waiting.length > 0) {
  const page = waiting.shift();
  for (const [width, scheme] of [[1440, "light"], [390, "dark"]]) {
    await tab.setViewport({ width, height: 900 });
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    const response = await tab.goto(url + page);
    if (!(page === "/no-such-page" ? [404] : [200, 304]).includes(response.status())) {
      problems.push(`${page}: ${response.status()}`);
    }

    await tab.evaluate(axe);
    const { violations } = await tab.evaluate(() => window.axe.run());
    checks++;
    for (const violation of violations) {
      problems.push(`${page} (${width}, ${scheme}): ${violation.impact}: ${violation.help}: ${violation.nodes.map(node => node.target).slice(0, 3).join("; ")}`);
    }

    if (await tab.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) {
      problems.push(`${page} (${width}): wider than the window`);
    }
  }

  for (const link of await tab.$$eval("a[href^='/']", links => links.map(link => link.getAttribute("href").split("#")[0]))) {
    if (!seen.has(link)) {
      seen.add(link);
      waiting.push(link);
    }
  }
}

for (const [width, scheme] of [[1440, "light"], [1440, "dark"], [390, "light"], [390, "dark"]]) {
  await tab.setViewport({ width, height: 900 });
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  for (const [name, page] of [["home", "/"], ["fork", "/internals/fork"], ["attributes", "/attributes"], ["missing", "/no-such-page"]]) {
    await tab.goto(url + page, { waitUntil: "networkidle0" });
    await tab.screenshot({ path: path.join(folder, `${name}-${width}-${scheme}.png`) });
  }
}

// The theme that somebody has chosen, beside the one of the system: each of the two by its button, which the keyboard reaches.
for (const [scheme, chosen] of [["light", "dark"], ["dark", "light"]]) {
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await tab.goto(url + "/internals/fork", { waitUntil: "networkidle0" });
  await tab.focus("#site-theme");
  await tab.keyboard.press("Enter");
  await tab.reload({ waitUntil: "networkidle0" });
  const state = await tab.evaluate(() => getComputedStyle(document.documentElement).colorScheme + " " + document.getElementById("site-theme").getAttribute("aria-pressed"));
  if (state !== `${chosen} ${chosen === "dark"}`) {
    problems.push(`theme ${chosen} with a ${scheme} system: ${state}`);
  }

  for (const page of ["/internals/fork", "/attributes", "/no-such-page"]) {
    await tab.goto(url + page, { waitUntil: "networkidle0" });
    await tab.evaluate(axe);
    checks++;
    problems.push(...(await tab.evaluate(() => window.axe.run())).violations.map(violation => `${page} (chosen ${chosen}): ${violation.impact}: ${violation.help}: ${violation.nodes.map(node => node.target).slice(0, 3).join("; ")}`));
  }

  await tab.goto(url + "/internals/fork", { waitUntil: "networkidle0" });
  await tab.screenshot({ path: path.join(folder, `fork-390-chosen-${chosen}.png`) });
  await tab.evaluate(() => localStorage.clear());
}

await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
await tab.goto(url + "/", { waitUntil: "networkidle0" });
await tab.keyboard.press("/");
await tab.keyboard.type("unix socket");
await tab.waitForSelector("#site-results a");
await tab.screenshot({ path: path.join(folder, "search-390-dark.png") });
await tab.evaluate(axe);
problems.push(...(await tab.evaluate(() => window.axe.run())).violations.map(violation => `search: ${violation.help}`));
await Promise.all([tab.waitForNavigation(), tab.keyboard.press("Enter")]);
console.log(`search: ${new URL(tab.url()).pathname + new URL(tab.url()).hash}`);
await browser.close();
console.log(`${seen.size} pages, ${checks} runs of axe, ${problems.length} problems`);
for (const problem of problems) {
  console.log(problem);
}

process.exit(problems.length > 0 ? 1 : 0);
