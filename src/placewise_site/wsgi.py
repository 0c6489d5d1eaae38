"""The site as gunicorn serves it."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewise_site.settings")

from placewise_site.running.gate import check_may_start
from placewise_site.running.start import Unready, check_settings

NEVER_STARTS = 3
"""What gunicorn takes to mean that a worker can never start: it stops instead of trying for ever."""

try:
    check_settings()
    check_may_start()
except Unready as fault:
    print(fault, file=sys.stderr)
    sys.exit(NEVER_STARTS)
application = get_wsgi_application()
