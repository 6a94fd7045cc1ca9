// The single entry: all specs run in one process, so that the coverage spec, which comes last, sees what all of them did.
import './indexes.spec';
import './requests';
import './coverage.spec';
