/** The longest name, in bytes of UTF-8: file systems allow 255, and ` (2)` must still fit. */
const LONGEST = 200;
/** Maximum depth of folders. */
const DEEPEST = 16;

/** Names that Windows reserves for devices, with any extension. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
/** Control characters, and everything that changes the direction of text or is invisible in it (Unicode, UAX #9). */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
/** Characters with a meaning to a file system. */
const meaningful = /[/\\:*?"<>|]/g;

const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text).length;

/**
 * Makes a name from elsewhere safe to show and safe for any file system: no path, no hidden file, no device, and nothing
 * that makes `gpj.exe` look like `exe.jpg`.
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

/** Splits a path from elsewhere into folder names, each of them clean; `.` and `..` are removed. */
export const cleanPath = (path: string): readonly string[] =>
  path
    .split(/[/\\]/)
    .filter((part) => !/^[.\s]*$/.test(part))
    .slice(0, DEEPEST)
    .map(cleanName);

/** `name (2).ext`: a replacement for a name that is taken. */
export function numbered(name: string, number: number): string {
  const [stem, extension] = parted(name);
  return `${stem} (${number})${extension}`;
}

/** Keeps the extension, because it tells the kind of file. */
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
