// One Chromium for a test file, and pages in it that are watched.
import { chromium } from "playwright-core";
import { none, site } from "./site.mjs";

const EXECUTABLE = process.env.COURANT_CHROMIUM || "/usr/bin/chromium";

/** How readers look at the site. */
export const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desk: { viewport: { width: 1280, height: 900 } },
};

/** Starts the browser, with these flags more; close it in `after`. */
export function launch(flags = []) {
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
      ...flags,
    ],
  });
}

/**
 * A reader with a fresh profile and one window. `offences` collects what must never happen: a request to another host,
 * an error in the console, a failed load, a cookie.
 */
export async function reader(browser, options) {
  const context = await browser.newContext({ baseURL: site, ...options });
  const page = await context.newPage();
  const offences = [];
  const offend = (words) => offences.push(`${new URL(page.url(), site).pathname}: ${words}`);
  const { host } = new URL(site);
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.host !== host && url.protocol !== "data:") offend(`asks another host for ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.headers()["set-cookie"]) offend(`${response.url()} sets a cookie`);
    if (response.status() >= 400 && !response.request().isNavigationRequest()) offend(`${response.url()} answers ${response.status()}`);
  });
  page.on("requestfailed", (request) => {
    // A stream ends when its page is left.
    if (request.resourceType() !== "eventsource") offend(`cannot load ${request.url()}: ${request.failure()?.errorText}`);
  });
  page.on("pageerror", (error) => offend(`a script fails: ${error.message}`));
  page.on("console", (message) => {
    // Chromium reports a page that answers 404 or 410 as an error; whether it should is asked elsewhere.
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) offend(`console: ${message.text()}`);
  });
  const close = async () => {
    offences.push(...(await context.cookies()).map(({ name }) => `a cookie called ${name} is kept`));
    await context.close();
  };
  return { page, offences, close };
}

/** Opens `path` as a new reader and calls `look(page)`; nothing that must never happen may happen meanwhile. */
export async function visit(browser, path, options, look) {
  const { page, offences, close } = await reader(browser, options);
  try {
    await page.goto(path, { waitUntil: "load" });
    await look(page);
  } catch (error) {
    if (!offences.length) throw error;
    // Often the cause.
    throw new Error(`${error.message}\nmeanwhile: ${offences.join("\n")}`, { cause: error });
  } finally {
    await close();
  }
  none(offences, "offences");
}
