import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

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
  const open = async (on: boolean) => {
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
    return { fixture, main, drag, paste, names, given };
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
    const { fixture, main, paste, given } = await open(true);
    expect(main.dataset['drop']).toBe('Drop to offer to everyone here');
    paste('a.txt');
    const ann = { session: 'ann', name: 'Ann' };
    TestBed.inject(ChosenReceiver).receiver.set(ann);
    await fixture.whenStable();
    expect(main.dataset['drop']).toBe('Drop to offer to Ann');
    paste('b.txt');
    expect(given.map(({ to }) => to)).toEqual([null, ann]);
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
