/** The longest name, bytes of UTF-8: file systems take 255, and ` (2)` must still fit. */
const LONGEST = 200;
/** Folders within folders. */
const DEEPEST = 16;

/** Names that Windows keeps for devices, whatever their extension. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
/** Controls, and all that turns the direction of text or hides in it (Unicode, UAX #9). */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
/** What means something to a file system. */
const meaningful = /[/\\:*?"<>|]/g;

const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text).length;

/**
 * A name from elsewhere, fit to be shown and to be given to any file system: no path, no hidden file, no device, nothing
 * that makes `exe.jpg` of `gpj.exe`.
 */
export function cleanName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(invisible, '')
    .replace(meaningful, '_')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '');
  const usable = device.test(plain) ? `_${plain}` : plain;
  return shorten(usable) || 'file';
}

/** A path from elsewhere as folder names, each of them clean; `.` and `..` lead nowhere. */
export const cleanPath = (path: string): readonly string[] =>
  path
    .split(/[/\\]/)
    .filter((part) => !/^[.\s]*$/.test(part))
    .slice(0, DEEPEST)
    .map(cleanName);

/** `name (2).ext`: another name for the same, where the first is taken. */
export function numbered(name: string, number: number): string {
  const [stem, extension] = parted(name);
  return `${stem} (${number})${extension}`;
}

/** Keeps the extension: it says what the file is. */
function shorten(name: string): string {
  if (bytesOf(name) <= LONGEST) return name;
  const [stem, extension] = parted(name);
  const characters = [...stem];
  while (characters.length > 0 && bytesOf(characters.join('') + extension) > LONGEST) characters.pop();
  return characters.join('').trimEnd() + extension;
}

function parted(name: string): readonly [string, string] {
  const extension = /.(\.[^. ]{1,16})$/.exec(name)?.[1] ?? '';
  return [name.slice(0, name.length - extension.length), extension];
}
