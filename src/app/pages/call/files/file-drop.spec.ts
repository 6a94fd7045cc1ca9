import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BehaviorSubject } from 'rxjs';

import { Files } from '../../../files/files';
import { FileDrop } from './file-drop';
import { ChosenReceiver, type Giving } from './receiver';

@Component({
  imports: [FileDrop],
  template: `<main [parleyFileDrop]="on()" (given)="given.push($event)"></main>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Room {
  readonly on = signal(true);
  readonly given: Giving[] = [];
}

const transfer = (name: string) => {
  const data = new DataTransfer();
  data.items.add(new File(['x'], name));
  return data;
};

describe('FileDrop', () => {
  const ann = { session: 'ann', name: 'Ann' };
  const open = async (on: boolean) => {
    const others$ = new BehaviorSubject([ann]);
    TestBed.configureTestingModule({ providers: [{ provide: Files, useValue: { others$ } }] });
    const fixture = TestBed.createComponent(Room);
    fixture.componentInstance.on.set(on);
    await fixture.whenStable();
    const { given } = fixture.componentInstance;
    const main = (fixture.nativeElement as HTMLElement).querySelector('main')!;
    const drag = async (type: string, name: string) => {
      const event = new DragEvent(type, {
        dataTransfer: transfer(name),
        bubbles: true,
        cancelable: true,
      });
      main.dispatchEvent(event);
      await fixture.whenStable();
      return event.defaultPrevented;
    };
    const paste = (name: string) => {
      const event = new ClipboardEvent('paste', {
        clipboardData: transfer(name),
        bubbles: true,
        cancelable: true,
      });
      document.dispatchEvent(event);
      return event.defaultPrevented;
    };
    const names = () => given.flatMap(({ files }) => files).map(({ file }) => file.name);
    return { fixture, main, drag, paste, names, given, others$ };
  };

  it('takes dropped and pasted files', async () => {
    const { main, drag, paste, names } = await open(true);
    expect(await drag('dragover', 'a.txt')).toBeTrue();
    expect(main.classList).toContain('dropping');
    expect(await drag('drop', 'a.txt')).toBeTrue();
    expect(main.classList).not.toContain('dropping');
    expect(paste('b.txt')).toBeTrue();
    expect(names()).toEqual(['a.txt', 'b.txt']);
  });

  it('offers to everyone, or to the member who is chosen, and says so', async () => {
    const { fixture, main, paste, given, others$ } = await open(true);
    expect(main.dataset['drop']).toBe('Drop to offer to everyone here');
    paste('a.txt');
    const everyone = [ann, { session: 'bob', name: 'Bob' }];
    others$.next(everyone);
    paste('a2.txt');
    TestBed.inject(ChosenReceiver).receiver.set(ann);
    await fixture.whenStable();
    expect(main.dataset['drop']).toBe('Drop to offer to Ann');
    paste('b.txt');
    expect(given.map(({ to }) => [...to])).toEqual([[ann], everyone, [ann]]);
    expect(given.map((one) => one.everyone)).toEqual([true, true, false]);
  });

  it('takes neither while it is off', async () => {
    const { main, drag, paste, names } = await open(false);
    expect(await drag('dragover', 'a.txt')).toBeFalse();
    expect(main.classList).not.toContain('dropping');
    expect(await drag('drop', 'a.txt')).toBeFalse();
    expect(paste('b.txt')).toBeFalse();
    expect(names()).toEqual([]);
  });
});
