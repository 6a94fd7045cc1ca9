/** Whether the page makes the browser ask before it is closed or reloaded. */
export function asksBeforeLeaving(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  // The runner has a listener of its own on the page of all specs.
  const before = window.onbeforeunload;
  window.onbeforeunload = null;
  window.dispatchEvent(event);
  window.onbeforeunload = before;
  return event.defaultPrevented;
}
