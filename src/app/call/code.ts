export { newCode, readCode, readTyped, type Place } from '../signaling/code';
