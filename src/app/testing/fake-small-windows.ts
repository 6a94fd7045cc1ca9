import type { SmallWindows } from '../pages/call/small-window/picture-in-picture';

/** Small windows as frames of the page: same origin and a separate document, as with the real ones. */
export class FakeSmallWindows implements SmallWindows {
  refuses = false;
  #frame: HTMLIFrameElement | null = null;

  get window(): Window | null {
    return this.#frame?.contentWindow ?? null;
  }

  /** Everything in the small window. */
  get element(): HTMLElement {
    return this.window!.document.documentElement;
  }

  requestWindow({ width, height }: { readonly width: number; readonly height: number }): Promise<Window> {
    if (this.refuses) return Promise.reject(new DOMException('', 'NotAllowedError'));
    const frame = document.createElement('iframe');
    Object.assign(frame, { width, height });
    // Beside the page's content, so that axe checks each separately.
    document.body.append(frame);
    const small = frame.contentWindow!;
    small.close = () => this.simulateClose();
    this.#frame = frame;
    return Promise.resolve(small);
  }

  /** The person or the page closes it. */
  simulateClose(): void {
    const frame = this.#frame;
    this.#frame = null;
    frame?.contentWindow?.dispatchEvent(new Event('pagehide'));
    frame?.remove();
  }

  button(name: string): HTMLButtonElement {
    const all = [...this.element.querySelectorAll('button')];
    return all.find((button) => (button.ariaLabel ?? button.textContent?.trim()) === name)!;
  }

  text(selector: string): string {
    return this.element.querySelector(selector)?.textContent?.trim() ?? '';
  }
}
