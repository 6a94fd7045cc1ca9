import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  ViewEncapsulation,
  afterRenderEffect,
  inject,
  input,
} from '@angular/core';
import uPlot from 'uplot';

import { hostSize } from '../stage/element-size';

/** One line of a plot; `null` leaves a gap. */
export interface PlotSeries {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

/** Both can be told apart, and from light and dark backgrounds, also with red-green colour blindness. */
const strokes = ['#d9743a', '#3a9c8a'];
const height = 96;

/** A small live plot. The figures are beside it as text, so it is hidden from screen readers. */
@Component({
  selector: 'parley-plot',
  template: `
    @if (series().length > 1) {
      <div class="parley-plot-key">
        @for (line of series(); track $index) {
          <span><i [style.background]="strokes[$index]"></i>{{ line.label }}</span>
        }
      </div>
    }
  `,
  styleUrls: ['../../../../../node_modules/uplot/dist/uPlot.min.css', './plot.scss'],
  host: { 'aria-hidden': 'true' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Plot {
  /** In s since the epoch. */
  readonly times = input.required<readonly number[]>();
  readonly series = input.required<readonly PlotSeries[]>();

  protected readonly strokes = strokes;
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly size = hostSize();
  private plot: uPlot | null = null;

  constructor() {
    afterRenderEffect(() => this.draw());
    inject(DestroyRef).onDestroy(() => this.plot?.destroy());
  }

  private draw(): void {
    const { width } = this.size();
    const data: uPlot.AlignedData = [[...this.times()], ...this.series().map(({ values }) => [...values])];
    if (!width) return;
    this.plot ??= new uPlot(this.options(width), data, this.host);
    if (this.plot.width !== width) this.plot.setSize({ width, height });
    this.plot.setData(data);
  }

  private options(width: number): uPlot.Options {
    const { color, fontFamily } = getComputedStyle(this.host);
    const axis: uPlot.Axis = {
      stroke: color,
      font: `11px ${fontFamily}`,
      grid: { stroke: '#8886', width: 1 },
    };
    return {
      width,
      height,
      legend: { show: false },
      cursor: { show: false },
      scales: { y: { range: (_plot, _low, high) => [0, Math.max(1, high * 1.1)] } },
      axes: [
        { ...axis, show: false },
        { ...axis, size: 44, space: 24, ticks: { show: false } },
      ],
      series: [{}, ...this.series().map((_line, index) => ({ stroke: strokes[index] ?? color, width: 2 }))],
    };
  }
}
