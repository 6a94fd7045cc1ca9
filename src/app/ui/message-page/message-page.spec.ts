import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { closeIcon } from '../icon/icons';
import { MessagePage } from './message-page';

@Component({
  imports: [MessagePage],
  template: `
    <parley-message-page [icon]="icon" heading="Over" what="It ended.">
      <p>Do this.</p>
      <button action>Again</button>
    </parley-message-page>
  `,
})
class Host {
  protected readonly icon = closeIcon;
}

describe('MessagePage', () => {
  it('says what happened, then what to do, then offers the actions', async () => {
    const fixture = TestBed.createComponent(Host);
    await fixture.whenStable();
    const page = fixture.nativeElement as HTMLElement;
    expect(page.querySelector('main h1')?.textContent).toBe('Over');
    expect([...page.querySelectorAll('.words p')].map((p) => p.textContent)).toEqual([
      'It ended.',
      'Do this.',
    ]);
    expect(page.querySelector('.actions button')?.textContent).toBe('Again');
    expect(page.querySelector('parley-icon')?.getAttribute('aria-hidden')).toBe('true');
  });
});
