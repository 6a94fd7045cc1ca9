/**
 * Puts a mark before the document's title until the returned function is called. Whoever sets the title meanwhile (a page
 * that comes, a language that is chosen) sets what is behind the mark.
 */
export function markTitle(document: Document, mark: string): () => void {
  // Browsers give a title with its white space made one, and it is to be known again.
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
