/**
 * Time since the page began, in ms, fractions included (W3C High Resolution Time, section 4.2). It never goes back and no setting of
 * the device's clock moves it, so every age, silence and pause is measured by it. It may stand still while the device sleeps.
 */
export const elapsed = (): number => performance.now();

/**
 * The device's clock, in ms since the epoch. It may be wrong, and may be set forward or back at any moment: only for times
 * that people read, that outlive the page, or that are compared with those of another device.
 */
export const wallTime = (): number => Date.now();
