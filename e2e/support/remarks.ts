import type { Page } from '@playwright/test';

interface Recording {
  remarks: string[];
}

/**
 * Runs in the page: records everything that the status line of a call shows. A remark such as "Ben left" is shown for a
 * few seconds, which may be over before a busy machine checks.
 */
export function recordRemarks(): void {
  const recording = globalThis as unknown as Recording;
  recording.remarks = [];
  new MutationObserver(() => {
    const remark = document.querySelector('[role=status][data-status]')?.textContent?.trim();
    if (remark && remark !== recording.remarks.at(-1)) recording.remarks.push(remark);
  }).observe(document, { childList: true, characterData: true, subtree: true });
}

/** The remarks that the status line has shown since the page was loaded, in order. */
export const remarksOf = (page: Pick<Page, 'evaluate'>): Promise<readonly string[]> =>
  page.evaluate(() => (globalThis as unknown as Recording).remarks);
