import { ChangeDetectionStrategy, Component, input, model } from '@angular/core';

/** An option of a choice. */
export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
  /** Language of the label if it isn't the page's (BCP 47). */
  readonly lang?: string;
}

let groups = 0;

/** A few options side by side, one of them chosen: native radio buttons, each as large as its segment. */
@Component({
  selector: 'parley-choice',
  templateUrl: './choice.html',
  styleUrl: './choice.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Choice<V extends string> {
  readonly label = input.required<string>();
  readonly options = input.required<readonly Option<V>[]>();
  readonly value = model.required<V>();

  protected readonly name = `choice-${++groups}`;
}
