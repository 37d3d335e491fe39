// Pictures of every kind of page in every language, on a phone and on a desk, light and dark, for people to look at.
// `cargo xtask shots` starts a demonstration and runs this against it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, reader, SCREENS } from "./browser.mjs";
import { nameOf, some, survey } from "./site.mjs";

const folder = process.env.COURANT_SCREENSHOTS || "screenshots";
mkdirSync(folder, { recursive: true });
const pages = some(await survey());
const browser = await launch();
let n = 0;
for (const screen of Object.keys(SCREENS)) {
  for (const colorScheme of ["light", "dark"]) {
    const { page: view, close } = await reader(browser, { ...SCREENS[screen], colorScheme, reducedMotion: "reduce" });
    // The dark differs in nothing but colours; one language is enough for it.
    for (const page of colorScheme === "dark" ? pages.filter(({ lang }) => lang === "en") : pages) {
      await view.goto(page.path);
      await view.screenshot({ path: join(folder, `${nameOf(page)}-${screen}-${colorScheme}.png`), fullPage: true });
      n += 1;
    }
    await close();
  }
}
// The cards of stories, as they are.
for (const { path, html, lang } of pages.filter(({ kind, status }) => kind === "story" && status === 200)) {
  const card = html.match(/<meta property="og:image" content="([^"]*)"/)?.[1];
  if (!card) continue;
  const { page: view, close } = await reader(browser, { viewport: { width: 1200, height: 630 } });
  await view.goto(card);
  await view.screenshot({ path: join(folder, `card-${lang}-${path.split("/")[2]}.png`) });
  await close();
  n += 1;
}
await browser.close();
console.log(`${n} pictures in ${folder}`);
