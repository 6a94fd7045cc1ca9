// The single entry: all specs run in one process, so that the coverage spec, which comes last, sees what all of them did.
import './indexes.spec';
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
import './coverage.spec';
