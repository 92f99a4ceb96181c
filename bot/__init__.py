"""Trà Vinh Xanh: a green-living chatbot. The machine and the domain; never imports `handlers`."""
