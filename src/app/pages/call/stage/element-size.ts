import { ElementRef, inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Observable } from 'rxjs';

/** The content box of an element, in CSS px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Size of the host element, followed while the component lives. Zero until it is laid out. */
export const hostSize = (): Signal<Size> => {
  const element: Element = inject<ElementRef<Element>>(ElementRef).nativeElement;
  return toSignal(
    new Observable<Size>((subscriber) => {
      const observer = new ResizeObserver(([entry]) => {
        if (entry) subscriber.next({ width: entry.contentRect.width, height: entry.contentRect.height });
      });
      observer.observe(element);
      return () => observer.disconnect();
    }),
    { initialValue: { width: 0, height: 0 } },
  );
};
