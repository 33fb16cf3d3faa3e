// A page as those use it who have no pointer.
import assert from 'node:assert/strict';

const MOST_STOPS = 80;

/** Where the focus is: what it is called, and whether it is seen that it is there. */
function stop(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return { name: '', seen: true };
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      name: (element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent ?? '').trim(),
      seen:
        outlineStyle !== 'none' &&
        parseFloat(outlineWidth) >= 2 &&
        box.width > 0 &&
        box.bottom > 0 &&
        box.top < innerHeight,
    };
  });
}

/** Presses Tab until the focus is on what is called so; every stop on the way must be seen. */
export async function tabTo(page, name) {
  const passed = [];
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    await page.keyboard.press('Tab');
    const at = await stop(page);
    assert.ok(at.seen, `it is not seen that the focus is on: ${at.name}`);
    if (name.test(at.name)) return;
    passed.push(at.name);
  }
  throw new Error(`no Tab leads to ${name}, only to ${passed.join(' | ')}`);
}

/** Goes there and presses it. */
export async function press(page, name, key = 'Enter') {
  await tabTo(page, name);
  await page.keyboard.press(key);
}
