/** Long enough for any browser to have begun reading, ms. */
const KEPT = 60_000;

/** Gives a file to the browser to download. It is read from where it is kept, not copied into the page. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}
