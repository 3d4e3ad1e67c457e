"""How words and figures make up times: small parts first, whole times last."""
