import { crc32 } from 'node:zlib';

/**
 * A jar that contains only a manifest and starts a class of another jar. firebase-tools runs `java -jar`, but the
 * Firestore emulator of the Debian package names no main class.
 *
 * @param {string} mainClass
 * @param {URL} jar
 * @returns {Buffer}
 */
export function launcherJar(mainClass, jar) {
  const lines = ['Manifest-Version: 1.0', `Main-Class: ${mainClass}`, `Class-Path: ${jar.href}`];
  return zipOf('META-INF/MANIFEST.MF', Buffer.from(`${lines.map(wrapped).join('\r\n')}\r\n\r\n`));
}

/**
 * Lines of a manifest hold at most 72 bytes; continuation lines begin with a space (JAR File Specification).
 *
 * @param {string} line
 */
function wrapped(line) {
  const [first = ''] = line.match(/^.{1,72}/) ?? [];
  const rest = line.slice(first.length).match(/.{1,71}/g) ?? [];
  return [first, ...rest.map((part) => ` ${part}`)].join('\r\n');
}

/**
 * A zip archive of one uncompressed file (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16).
 *
 * @param {string} name
 * @param {Buffer} content
 */
function zipOf(name, content) {
  const file = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(10, 0); // version needed: 1.0
  common.writeUInt16LE(0x21, 8); // date: 1 January 1980, so that the same input gives the same bytes
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([signature(0x04034b50), common, file, content]);
  const central = Buffer.concat([signature(0x02014b50), uint16(20), common, Buffer.alloc(14), file]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, signature(0x06054b50), end]);
}

/** @param {number} value */
function signature(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** @param {number} value */
function uint16(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
