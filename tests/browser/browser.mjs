// One Chromium for a test file, and pages in it that are watched.
import { chromium } from "playwright-core";
import { site } from "./site.mjs";

const EXECUTABLE = process.env.COURANT_CHROMIUM || "/usr/bin/chromium";

/** How readers look at the site. */
export const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  desk: { viewport: { width: 1280, height: 900 } },
};

/** Starts the browser; close it in `after`. */
export function launch() {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Opens `path` in a fresh profile and calls `look(page, watched)`. What must never happen is collected in
 * `watched.offences`: a request to another host, an error in the console, a failed load, a cookie.
 */
export async function visit(browser, path, options, look) {
  const context = await browser.newContext({ baseURL: site, ...options });
  const page = await context.newPage();
  const offences = [];
  const { host } = new URL(site);
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.host !== host && url.protocol !== "data:") offences.push(`asks another host for ${request.url()}`);
  });
  page.on("response", async (response) => {
    if (await response.headerValue("set-cookie").catch(() => null)) offences.push(`${response.url()} sets a cookie`);
    if (response.status() >= 400 && !response.request().isNavigationRequest()) offences.push(`${response.url()} answers ${response.status()}`);
  });
  page.on("requestfailed", (request) => {
    // A stream ends when its page is left.
    if (request.resourceType() !== "eventsource") offences.push(`cannot load ${request.url()}: ${request.failure()?.errorText}`);
  });
  page.on("pageerror", (error) => offences.push(`a script fails: ${error.message}`));
  page.on("console", (message) => {
    // Chromium reports a page that answers 404 or 410 as an error; whether it should is asked elsewhere.
    if (message.type() === "error" && !/status of (404|410|4\d\d)/.test(message.text())) offences.push(`console: ${message.text()}`);
  });
  try {
    const response = await page.goto(path, { waitUntil: "load" });
    await look(page, { response, offences });
    const cookies = await context.cookies();
    offences.push(...cookies.map(({ name }) => `keeps a cookie called ${name}`));
    return offences;
  } finally {
    await context.close();
  }
}
