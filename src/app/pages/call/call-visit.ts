import { Location } from '@angular/common';
import { ChangeDetectionStrategy, Component, DestroyRef, ElementRef, inject } from '@angular/core';
import { ActivatedRoute, Router } from '@angular/router';

import { readCode } from '../../call/code';
import { CallAhead, pageOf } from './call-ahead';
import { cameFrom } from './came-from';

/** Owns the call and the devices, so that going to another page leaves the call and closes them. */
@Component({
  selector: 'parley-call-visit',
  template: '',
  styles: `
    :host {
      display: contents;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CallVisit {
  constructor() {
    const code = readCode(inject(ActivatedRoute).snapshot.fragment ?? '');
    const { injector, page: drawn } = inject(CallAhead).visit(code);
    const page = drawn ?? pageOf(injector);
    page.setInput('visited', true);
    page.setInput('lobby', cameFrom(inject(Router), inject(Location), code));
    inject<ElementRef<HTMLElement>>(ElementRef).nativeElement.append(page.location.nativeElement as Node);
    inject(DestroyRef).onDestroy(() => {
      page.destroy();
      injector.destroy();
    });
  }
}
