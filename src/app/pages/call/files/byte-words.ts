const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `12.3 MB`, in a language (BCP 47). Units are powers of 1,000 (SI), as everywhere but in Windows. */
export function byteWords(bytes: number, language: string): string {
  let value = bytes;
  let unit = 0;
  // A value that would round to 1,000 uses the next unit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** Formats a duration given in seconds: `3 min 20 sec`. */
export function timeWords(seconds: number, language: string): string {
  const whole = Math.max(1, Math.ceil(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const part = (value: number, unit: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  if (hours > 0) return `${part(hours, 'hour')} ${part(minutes, 'minute')}`;
  if (minutes > 0) return `${part(minutes, 'minute')} ${part(whole % 60, 'second')}`;
  return part(whole, 'second');
}
