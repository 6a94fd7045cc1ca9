/**
 * Puts a mark before the document's title until the returned function is called. Whoever sets the title meanwhile (a page
 * that comes, a language that is chosen) sets what is behind the mark.
 */
export function markTitle(document: Document, mark: string): () => void {
  let plain = '';
  let marked = '';
  const apply = () => {
    // Something else in the head has changed.
    if (document.title === marked) return;
    plain = document.title;
    document.title = `${mark} · ${plain}`;
    // As the browser gives it: white space is made one.
    marked = document.title;
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
