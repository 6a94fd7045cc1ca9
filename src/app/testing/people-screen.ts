import { Component, type Provider, type Type } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter, type Routes } from '@angular/router';

import { I18n } from '../i18n/i18n';
import { Acquaintances } from '../people/acquaintances';
import { People } from '../people/people';
import { FakeAcquaintances } from './fake-acquaintances';
import { FakePeople } from './fake-people';

@Component({ template: 'elsewhere' })
class Elsewhere {}

/** The people part of the screen, over fakes. */
export class PeopleScreen<C> {
  private constructor(
    readonly fixture: ComponentFixture<C>,
    readonly people: FakePeople,
    readonly acquaintances: FakeAcquaintances,
  ) {}

  /** Fakes and a router for components created next. */
  static provide(
    providers: readonly Provider[] = [],
    routes: Routes = [{ path: '**', component: Elsewhere }],
  ): [FakePeople, FakeAcquaintances] {
    localStorage.clear();
    const people = new FakePeople();
    const acquaintances = new FakeAcquaintances();
    TestBed.configureTestingModule({
      providers: [
        provideRouter(routes),
        { provide: People, useValue: people },
        { provide: Acquaintances, useValue: acquaintances },
        ...providers,
      ],
    });
    return [people, acquaintances];
  }

  static async open<C>(
    component: Type<C>,
    inputs: Readonly<Record<string, unknown>> = {},
    prepare: (people: FakePeople, acquaintances: FakeAcquaintances) => void = () => {},
    language: 'en' | 'zh' = 'en',
  ): Promise<PeopleScreen<C>> {
    const [people, acquaintances] = PeopleScreen.provide();
    prepare(people, acquaintances);
    await TestBed.inject(I18n).use(language);
    const fixture = TestBed.createComponent(component);
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    // Only elements in the document can have the focus.
    document.body.append(fixture.nativeElement as HTMLElement);
    const screen = new PeopleScreen(fixture, people, acquaintances);
    await screen.settle();
    return screen;
  }

  get element(): HTMLElement {
    return this.fixture.nativeElement as HTMLElement;
  }

  settle(): Promise<unknown> {
    return this.fixture.whenStable();
  }

  query<E extends Element = HTMLElement>(selector: string): E | null {
    return this.element.querySelector<E>(selector);
  }

  all<E extends Element = HTMLElement>(selector: string): readonly E[] {
    return [...this.element.querySelectorAll<E>(selector)];
  }

  /** The text of the first element that matches a selector, with whitespace collapsed; empty when there is none. */
  text(selector: string): string {
    return joined(this.query(selector)?.textContent);
  }

  /** The button, link or switch with this name; fails when there is none. Menus are outside the component. */
  button(name: string): HTMLButtonElement {
    const found = this.buttons().find((button) => nameOf(button) === name);
    if (!found) throw new Error(`no button "${name}" among: ${this.buttons().map(nameOf).join(', ')}`);
    return found;
  }

  has(name: string): boolean {
    return this.buttons().some((button) => nameOf(button) === name);
  }

  async press(name: string): Promise<void> {
    this.button(name).click();
    await this.settle();
  }

  async type(selector: string, text: string): Promise<void> {
    const box = this.query<HTMLInputElement>(selector);
    if (!box) throw new Error(`no box ${selector}`);
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await this.settle();
  }

  private buttons(): HTMLButtonElement[] {
    const inMenus = document.querySelectorAll<HTMLButtonElement>('.cdk-overlay-container button');
    const selector = 'button, a, summary';
    return [...this.element.querySelectorAll<HTMLButtonElement>(selector), ...inMenus];
  }
}

const joined = (text: string | null | undefined): string => text?.replace(/\s+/g, ' ').trim() ?? '';

const nameOf = (element: HTMLElement): string =>
  element.getAttribute('aria-label') ?? joined(element.textContent);
