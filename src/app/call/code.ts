export { newCode, readCode } from '../signaling/code';
