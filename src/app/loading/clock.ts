/**
 * Time since the page was loaded, in ms with fractions (W3C High Resolution Time, section 4.2). It never goes back, and
 * setting the device's clock doesn't affect it, so every age, silence and pause is measured with it. It may stop while
 * the device sleeps.
 */
export const elapsed = (): number => performance.now();

/**
 * The device's clock, in ms since the epoch. It may be wrong, and may be set forward or back at any moment. Use it only
 * for times that people read, that outlive the page, or that are compared with those of another device.
 */
export const wallTime = (): number => Date.now();
