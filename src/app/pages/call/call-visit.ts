import { NgComponentOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, DestroyRef, inject } from '@angular/core';
import { ActivatedRoute } from '@angular/router';

import { readCode } from '../../call/code';
import { CallAhead } from './call-ahead';
import { CallPage } from './call-page';

/** Owns the call and the devices, so that going to another page leaves the call and closes them. */
@Component({
  selector: 'parley-call-visit',
  imports: [NgComponentOutlet],
  template: `<ng-container *ngComponentOutlet="page; environmentInjector: visit" />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CallVisit {
  protected readonly page = CallPage;
  protected readonly visit = inject(CallAhead).visit(
    readCode(inject(ActivatedRoute).snapshot.fragment ?? ''),
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => this.visit.destroy());
  }
}
