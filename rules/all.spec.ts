// The one entry: all specs in one process, so that the coverage, which comes last, is that of all of them.
import './indexes.spec';
import './config.spec';
import './calls.spec';
import './seats.spec';
import './links.spec';
import './candidates.spec';
import './joins.spec';
import './lobbies.spec';
import './people.spec';
import './sweeping.spec';
import './rings.spec';
import './answers.spec';
import './coverage.spec';
