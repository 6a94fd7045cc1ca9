import { DOCUMENT, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import type { PanelKind } from './panels';
import { injectPanels } from './room-panels';

describe('injectPanels', () => {
  const room = () => {
    const suggested = signal<PanelKind | null>(null);
    const told: string[] = [];
    const panels = TestBed.runInInjectionContext(() =>
      injectPanels({ suggested, opened: (kind) => told.push(kind), closed: () => told.push('closed') }),
    );
    return { suggested, told, panels };
  };
  const button = () => {
    const element = TestBed.inject(DOCUMENT).createElement('button');
    document.body.append(element);
    element.focus();
    return element;
  };

  it('opens a panel by itself until the person opens or closes one', () => {
    const { suggested, panels, told } = room();
    suggested.set('invite');
    expect([panels.open(), panels.asked()]).toEqual(['invite', false]);
    suggested.set('files');
    expect(panels.open()).toBe('files');
    panels.toggle('chat');
    expect([panels.open(), panels.asked()]).toEqual(['chat', true]);
    panels.close();
    expect(panels.open()).toBeNull();
    panels.release();
    expect([panels.open(), panels.asked()]).toEqual(['files', false]);
    expect(told).toEqual(['chat', 'closed']);
  });

  it('closes the open panel when it is asked for again, also one that opened by itself', () => {
    const { suggested, panels } = room();
    panels.toggle('people');
    panels.toggle('people');
    expect(panels.open()).toBeNull();
    suggested.set('invite');
    panels.release();
    panels.toggle('invite');
    expect(panels.open()).toBeNull();
  });

  it('returns the focus to where it was before the first of several panels', () => {
    const { panels } = room();
    const first = button();
    panels.toggle('more');
    const inside = button();
    panels.toggle('people');
    panels.close();
    expect(document.activeElement).toBe(first);
    first.remove();
    inside.remove();
  });

  it('leaves the focus alone when it closes a panel that opened by itself', () => {
    const { suggested, panels } = room();
    suggested.set('invite');
    const typed = button();
    panels.close();
    expect(document.activeElement).toBe(typed);
    typed.remove();
  });
});
