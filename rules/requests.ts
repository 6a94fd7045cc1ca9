/** All specs whose requests the rules decide on. Used by all.spec.ts and mutants.spec.ts, so that neither misses one. */
import './config.spec';
import './calls.spec';
import './host.spec';
import './seats.spec';
import './guests.spec';
import './entering.spec';
import './links.spec';
import './candidates.spec';
import './joins.spec';
import './lobbies.spec';
import './people.spec';
import './sweeping.spec';
import './rings.spec';
import './answers.spec';
