"""Import a bundle into Superset, replacing what is there; run by Superset's own Python: ``import_bundle.py BUNDLE``."""

import sys
import zipfile

from flask import g
from superset.app import create_app

if __name__ == "__main__":
    with create_app().app_context():
        from superset import security_manager
        from superset.commands.importers.v1.assets import ImportAssetsCommand
        from superset.commands.importers.v1.utils import get_contents_from_bundle

        g.user = security_manager.find_user("admin")
        with zipfile.ZipFile(sys.argv[1]) as bundle:
            ImportAssetsCommand(get_contents_from_bundle(bundle)).run()
