"""zhengbao: pages of Chinese local newspapers and government reports, turned into tables an analyst trusts."""
