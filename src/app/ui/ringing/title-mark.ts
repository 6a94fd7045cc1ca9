/**
 * Puts a mark before the document's title until the returned function is called. If the title changes in the meantime (another
 * page, another language), the mark is put before the new title.
 */
export function markTitle(document: Document, mark: string): () => void {
  // Browsers collapse white space in titles, and the mark must be recognized again.
  const prefix = `${mark.replace(/\s+/g, ' ').trim()} ·`;
  let plain = '';
  const apply = () => {
    if (document.title.includes(prefix)) return;
    plain = document.title;
    document.title = `${prefix} ${plain}`;
  };
  const observer = new MutationObserver(apply);
  observer.observe(document.head, { subtree: true, childList: true, characterData: true });
  apply();
  return () => {
    observer.disconnect();
    apply();
    document.title = plain;
  };
}
