export { FIND_PLACE, type FindPlace } from '../signaling/places';
