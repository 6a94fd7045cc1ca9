import type { Mode } from '../signaling/records';
import { mesh } from './mesh';
import type { Topology } from './topology';

const topologies: Readonly<Record<Mode, Topology>> = { mesh };

/** The topology of a call, by its `mode`. */
export const topologyOf = (mode: Mode): Topology => topologies[mode];
