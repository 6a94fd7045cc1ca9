/** Formats a duration in ms like a clock: `4:07`, and with hours `1:04:07`. Fractions of a second are cut off. */
export const clockTime = (duration: number): string => {
  const seconds = Math.max(0, Math.floor(duration / 1000));
  const two = (part: number): string => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const end = `${hours ? two(minutes) : minutes}:${two(seconds % 60)}`;
  return hours ? `${hours}:${end}` : end;
};
